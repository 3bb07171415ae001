package ai.holysheep.camel.examples.forwarding;

import static ai.holysheep.camel.HolySheepConstants.CHUNK_COUNT;
import static ai.holysheep.camel.HolySheepConstants.COMPLETE;
import static ai.holysheep.camel.HolySheepConstants.COMPLETION_TOKENS;
import static ai.holysheep.camel.HolySheepConstants.EVENT_TYPE;
import static ai.holysheep.camel.HolySheepConstants.FINISH_REASON;
import static ai.holysheep.camel.HolySheepConstants.RESPONSE_MODEL;
import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.HolySheepAggregationStrategy;
import ai.holysheep.camel.HolySheepStreamId;
import ai.holysheep.camel.examples.brokers.JmsBroker;
import ai.holysheep.camel.examples.brokers.KafkaBroker;
import ai.holysheep.camel.simulator.SimulatorExtension;
import ai.holysheep.camel.simulator.SimulatorOptions;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.DefaultHeaderFilterStrategy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two Camel contexts that share nothing but the brokers. */
class ForwardingTest {

  @RegisterExtension
  static final SimulatorExtension SIMULATOR =
      new SimulatorExtension(SimulatorOptions.defaults().withPaceFactor(0));

  private static final String PROMPT = "[[echo]]one two three Zürich 🐑";
  private static final String FAILURES =
      "bodyFormat=json&throwExceptionOnFailure=false&maxReconnects=0";
  private static final BlockingQueue<Exchange> ANSWERS = new LinkedBlockingQueue<>();

  private static KafkaBroker kafka;
  private static JmsBroker jms;
  private static CamelContext asking;
  private static CamelContext joining;

  @BeforeAll
  static void start() throws Exception {
    kafka = new KafkaBroker();
    jms = new JmsBroker();
    asking = Forwarding.context(kafka, jms, new AskingRoutes(), SIMULATOR.baseUrl());
    joining = Forwarding.context(kafka, jms, new JoiningRoutes(ANSWERS), null);
    for (String way : List.of("kafka", "jms")) {
      asking.addRoutes(sending(way, "texts", "bodyFormat=text"));
      asking.addRoutes(sending(way, "failures", FAILURES));
      joining.addRoutes(receiving(way, "texts"));
      joining.addRoutes(receiving(way, "failures"));
    }
    for (CamelContext context : List.of(joining, asking)) {
      context.getRegistry().bind("headersOfParts", headersOfParts());
      context.start();
    }
  }

  @AfterAll
  static void stop() {
    asking.stop();
    joining.stop();
    jms.close();
    kafka.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"kafka", "jms"})
  void partsAreJoinedOnTheOtherSideOfABroker(String way) throws Exception {
    assertJoined(ask("direct:" + way, PROMPT));
    assertThat(joining.hasComponent("holysheep")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"kafka", "jms"})
  void answerOfManyPartsIsWhole(String way) throws Exception {
    Message answer = ask("direct:" + way, "[[tokens=100]] Tell me a story");
    assertThat(answer.getHeader(COMPLETE)).isEqualTo(true);
    assertThat(answer.getHeader(COMPLETION_TOKENS)).isEqualTo(100L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"kafka", "jms"})
  void failureIsToldOnTheOtherSide(String way) throws Exception {
    Message answer = ask("direct:" + way + "-failures", "[[cut=2]][[echo]]one two three");
    assertThat(answer.getBody()).isEqualTo("one two");
    assertThat(answer.getHeader(COMPLETE)).isEqualTo(false);
    assertThat(answer.getHeader(EVENT_TYPE)).isEqualTo("error");
    assertThat(answer.getExchange().getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class))
        .hasMessageContaining("is not whole");
  }

  @ParameterizedTest
  @ValueSource(strings = {"kafka", "jms"})
  void textsAreJoinedWhereTheFilterLetsTheHeadersPass(String way) throws Exception {
    assertJoined(ask("direct:" + way + "-texts", PROMPT));
  }

  private static Message ask(String endpoint, String prompt) throws Exception {
    asking.createProducerTemplate().sendBody(endpoint, prompt);
    Exchange joined = ANSWERS.poll(60, TimeUnit.SECONDS);
    assertThat(joined).as("the joined answer").isNotNull();
    return joined.getMessage();
  }

  private static void assertJoined(Message answer) {
    assertThat(answer.getBody()).isEqualTo("one two three Zürich 🐑");
    assertThat(answer.getHeader(COMPLETE)).isEqualTo(true);
    assertThat(answer.getHeader(FINISH_REASON)).isEqualTo("stop");
    assertThat(answer.getHeader(RESPONSE_MODEL)).isEqualTo("deepseek-v3.2");
    assertThat(answer.getHeader(CHUNK_COUNT, Long.class)).isGreaterThan(1);
    assertThat(answer.getHeader(COMPLETION_TOKENS, Long.class)).isPositive();
  }

  private static DefaultHeaderFilterStrategy headersOfParts() {
    DefaultHeaderFilterStrategy headersOfParts = new DefaultHeaderFilterStrategy();
    String all = "(?i)(?!CamelHolySheep)(Camel|org\\.apache\\.camel\\.|kafka\\.).*";
    headersOfParts.setOutFilterPattern(all);
    headersOfParts.setInFilterPattern(all);
    return headersOfParts;
  }

  private static RouteBuilder sending(String way, String name, String options) {
    return new RouteBuilder() {
      @Override
      public void configure() {
        from("direct:" + way + "-" + name)
            .to("holysheep:chat?model={{model}}&stream=true&" + options)
            .split(body())
            .streaming()
            .convertBodyTo(String.class)
            .to(address(way, name));
      }
    };
  }

  private static RouteBuilder receiving(String way, String name) {
    return new RouteBuilder() {
      @Override
      public void configure() {
        from(address(way, name))
            .aggregate(new HolySheepStreamId(), new HolySheepAggregationStrategy())
            .process(ANSWERS::add);
      }
    };
  }

  private static String address(String way, String name) {
    return way.equals("kafka")
        ? "kafka:%s?brokers={{kafka}}&groupId=g&autoOffsetReset=earliest&headerFilterStrategy=#headersOfParts"
            .formatted(name)
        : "jms:queue:%s?headerFilterStrategy=#headersOfParts".formatted(name);
  }
}
