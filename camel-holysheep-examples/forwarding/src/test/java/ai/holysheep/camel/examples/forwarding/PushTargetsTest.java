package ai.holysheep.camel.examples.forwarding;

import static ai.holysheep.camel.HolySheepConstants.INDEX;
import static ai.holysheep.camel.HolySheepConstants.STREAM_ID;
import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.error.CallCancelledException;
import ai.holysheep.camel.examples.brokers.JmsBroker;
import ai.holysheep.camel.examples.brokers.KafkaBroker;
import ai.holysheep.camel.simulator.SimulatorExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.ConsumerTemplate;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Streams that are sent to real brokers, and to files. */
@Timeout(120)
class PushTargetsTest {

  @RegisterExtension static final SimulatorExtension SIMULATOR = new SimulatorExtension();

  private static KafkaBroker kafka;
  private static JmsBroker jms;

  private DefaultCamelContext context;
  private ProducerTemplate asking;
  private ConsumerTemplate receiving;

  @BeforeAll
  static void startBrokers() throws Exception {
    kafka = new KafkaBroker();
    jms = new JmsBroker();
  }

  @AfterAll
  static void stopBrokers() {
    jms.close();
    kafka.close();
  }

  @BeforeEach
  void start() throws Exception {
    context = Forwarding.context(kafka, jms, new AskingRoutes(), SIMULATOR.baseUrl());
    context.start();
    asking = context.createProducerTemplate();
    receiving = context.createConsumerTemplate();
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  @Test
  void partsOfAStreamAreInOrderInOnePartitionOfKafka() {
    List<String> streams = new ArrayList<>();
    for (int question = 0; question < 3; question++) {
      Exchange answered = ask("direct:kafka", "[[tokens=20]] Tell me of " + question);
      streams.add(answered.getMessage().getHeader(STREAM_ID, String.class));
    }
    List<Exchange> records =
        received("kafka:tokens?brokers={{kafka}}&autoOffsetReset=earliest", 63);
    for (String stream : streams) {
      List<Exchange> parts =
          records.stream().filter(part -> stream.equals(header(part, KafkaConstants.KEY))).toList();
      assertThat(indexes(parts)).containsExactlyElementsOf(upTo(21));
      Set<Object> partitions =
          parts.stream()
              .map(part -> header(part, KafkaConstants.PARTITION))
              .collect(Collectors.toSet());
      assertThat(partitions).hasSize(1);
    }
  }

  @Test
  void headerThatTheAskingMessageHasIsTheKeyOfAllParts() throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            // begin: push-kafka-key
            from("direct:conversation")
                .setHeader(KafkaConstants.KEY, header("conversation"))
                .to(
                    "holysheep:chat?model={{model}}&bodyFormat=json"
                        + "&streamTo=RAW(kafka:conversations?brokers={{kafka}})");
            // end: push-kafka-key
          }
        });
    asking.sendBodyAndHeader("direct:conversation", "[[tokens=20]]", "conversation", "c-1");
    List<Exchange> records =
        received("kafka:conversations?brokers={{kafka}}&autoOffsetReset=earliest", 21);
    assertThat(records).allMatch(part -> "c-1".equals(header(part, KafkaConstants.KEY)));
    assertThat(indexes(records)).containsExactlyElementsOf(upTo(21));
  }

  @Test
  void partsAreInOrderInAQueueOfJms() {
    Exchange answered = ask("direct:jms", "[[echo]]one two three");
    assertThat(answered.getMessage().getBody(String.class))
        .contains("\"type\":\"answer\"", "one two three");
    assertThat(indexes(received("jms:queue:tokens", 4))).containsExactlyElementsOf(upTo(4));
  }

  @Test
  void queueMayBeThatOfTheMessage() throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            // begin: push-dynamic
            from("direct:user")
                .to(
                    "holysheep:chat?model={{model}}&bodyFormat=json"
                        + "&streamTo=jms:queue:${header.user}");
            // end: push-dynamic
          }
        });
    for (String user : List.of("ann", "bob")) {
      asking.sendBodyAndHeader("direct:user", "[[echo]]Hello " + user, "user", user);
    }
    for (String user : List.of("ann", "bob")) {
      List<Exchange> parts = received("jms:queue:" + user, 3);
      assertThat(parts.get(1).getMessage().getBody(String.class)).contains(" " + user);
    }
  }

  @Test
  void fileHasALineForEachPart(@TempDir Path folder) throws Exception {
    context.getPropertiesComponent().addInitialProperty("folder", folder.toString());
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            // begin: push-file
            from("direct:file")
                .setHeader(Exchange.FILE_NAME, simple("${exchangeId}.jsonl"))
                .to(
                    "holysheep:chat?model={{model}}&bodyFormat=json"
                        + "&streamTo=RAW(file:{{folder}}?fileExist=Append&appendChars=\\n)");
            // end: push-file
          }
        });
    Exchange answered = ask("direct:file", "[[echo]]one two three");
    Path file = folder.resolve(answered.getExchangeId() + ".jsonl");
    assertThat(Files.readAllLines(file))
        .hasSize(4)
        .allMatch(line -> line.startsWith("{\"type\":") && line.endsWith("}"));
  }

  @Test
  void brokerThatGoesEndsTheStreamAndFailsTheCaller() throws Exception {
    KafkaBroker going = new KafkaBroker();
    context.getPropertiesComponent().addInitialProperty("going", going.address());
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            errorHandler(noErrorHandler());
            from("direct:story")
                .to("holysheep:chat?model={{model}}&bodyFormat=json&streamTo=direct:going");
            from("direct:going")
                .filter(header(INDEX).isEqualTo(2))
                .process(part -> going.close())
                .end()
                .to(
                    "kafka:going?brokers={{going}}&maxBlockMs=1000&requestTimeoutMs=500"
                        + "&deliveryTimeoutMs=1000");
          }
        });
    Exchange failed = ask("direct:story", "[[tokens=100000]] Tell me a story");
    going.close();
    CallCancelledException failure = (CallCancelledException) failed.getException();
    assertThat(failure)
        .hasMessageContaining("direct://going failed")
        .hasCauseInstanceOf(TimeoutException.class);
    assertThat(failure.getPartialText()).isNotEmpty();
  }

  private Exchange ask(String endpoint, String prompt) {
    return asking.request(endpoint, exchange -> exchange.getMessage().setBody(prompt));
  }

  private List<Exchange> received(String endpoint, int count) {
    List<Exchange> received = new ArrayList<>();
    while (received.size() < count) {
      Exchange next = receiving.receive(endpoint, 30_000);
      assertThat(next).as("message after %d others", received.size()).isNotNull();
      received.add(next);
    }
    return received;
  }

  private static List<Integer> indexes(List<Exchange> parts) {
    return parts.stream()
        .map(part -> part.getMessage().getBody(String.class))
        .map(json -> Integer.valueOf(json.replaceAll(".*\"index\":(\\d+).*", "$1")))
        .toList();
  }

  private static List<Integer> upTo(int end) {
    return IntStream.range(0, end).boxed().toList();
  }

  private static Object header(Exchange exchange, String name) {
    return exchange.getMessage().getHeader(name);
  }
}
