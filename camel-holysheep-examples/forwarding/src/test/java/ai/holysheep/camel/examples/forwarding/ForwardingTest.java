package ai.holysheep.camel.examples.forwarding;

import static ai.holysheep.camel.HolySheepConstants.CHUNK_COUNT;
import static ai.holysheep.camel.HolySheepConstants.COMPLETE;
import static ai.holysheep.camel.HolySheepConstants.COMPLETION_TOKENS;
import static ai.holysheep.camel.HolySheepConstants.FINISH_REASON;
import static ai.holysheep.camel.HolySheepConstants.RESPONSE_MODEL;
import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.HolySheepAggregationStrategy;
import ai.holysheep.camel.HolySheepStreamId;
import ai.holysheep.camel.simulator.SimulatorExtension;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.DefaultHeaderFilterStrategy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two Camel contexts that share nothing but the brokers. */
class ForwardingTest {

  @RegisterExtension static final SimulatorExtension SIMULATOR = new SimulatorExtension();

  private static final String PROMPT = "[[echo]]one two three Zürich 🐑";

  private static KafkaBroker kafka;
  private static JmsBroker jms;

  private final BlockingQueue<Exchange> answers = new LinkedBlockingQueue<>();
  private CamelContext asking;
  private CamelContext joining;

  @BeforeAll
  static void startBrokers() throws Exception {
    kafka = new KafkaBroker();
    jms = new JmsBroker();
  }

  @AfterAll
  static void stopBrokers() throws Exception {
    jms.close();
    kafka.close();
  }

  @AfterEach
  void stop() {
    asking.stop();
    joining.stop();
  }

  @ParameterizedTest
  @ValueSource(strings = {"kafka", "jms"})
  void partsAreJoinedOnTheOtherSideOfABroker(String way) throws Exception {
    start(new AskingRoutes(), new JoiningRoutes(answers));
    assertJoined(ask("direct:" + way, PROMPT));
    assertThat(joining.hasComponent("holysheep")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"kafka", "jms"})
  void answerOfHundredsOfPartsIsWhole(String way) throws Exception {
    start(new AskingRoutes(), new JoiningRoutes(answers));
    Message answer = ask("direct:" + way, "[[tokens=300]] Tell me a story");
    assertThat(answer.getHeader(COMPLETE)).isEqualTo(true);
    assertThat(answer.getHeader(COMPLETION_TOKENS)).isEqualTo(300L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"kafka", "jms"})
  void failureIsToldOnTheOtherSide(String way) throws Exception {
    start(
        sending(way, "bodyFormat=json&throwExceptionOnFailure=false&maxReconnects=0", "failures"),
        receiving(way, "failures"));
    Message answer = ask("direct:ask", "[[cut=2]][[echo]]one two three");
    assertThat(answer.getBody()).isEqualTo("one two");
    assertThat(answer.getHeader(COMPLETE)).isEqualTo(false);
    assertThat(answer.getHeader("CamelHolySheepEventType")).isEqualTo("error");
    assertThat(answer.getExchange().getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class))
        .hasMessageContaining("is not whole");
  }

  @ParameterizedTest
  @ValueSource(strings = {"kafka", "jms"})
  void textsAreJoinedWhereTheFilterLetsTheHeadersPass(String way) throws Exception {
    start(sending(way, "bodyFormat=text", "texts"), receiving(way, "texts"));
    assertJoined(ask("direct:ask", PROMPT));
  }

  private Message ask(String endpoint, String prompt) throws Exception {
    asking.createProducerTemplate().sendBody(endpoint, prompt);
    Exchange joined = answers.poll(30, TimeUnit.SECONDS);
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

  private void start(RouteBuilder asks, RouteBuilder joins) throws Exception {
    asking = Forwarding.context(kafka, jms, asks, SIMULATOR.baseUrl());
    joining = Forwarding.context(kafka, jms, joins, null);
    for (CamelContext context : new CamelContext[] {joining, asking}) {
      context.getRegistry().bind("headersOfParts", headersOfParts());
      context.start();
    }
  }

  private static DefaultHeaderFilterStrategy headersOfParts() {
    DefaultHeaderFilterStrategy headersOfParts = new DefaultHeaderFilterStrategy();
    String all = "(?i)(?!CamelHolySheep)(Camel|org\\.apache\\.camel\\.|kafka\\.).*";
    headersOfParts.setOutFilterPattern(all);
    headersOfParts.setInFilterPattern(all);
    return headersOfParts;
  }

  private static RouteBuilder sending(String way, String options, String name) {
    return new RouteBuilder() {
      @Override
      public void configure() {
        from("direct:ask")
            .to("holysheep:chat?model={{model}}&stream=true&" + options)
            .split(body())
            .streaming()
            .convertBodyTo(String.class)
            .to(address(way, name));
      }
    };
  }

  private RouteBuilder receiving(String way, String name) {
    return new RouteBuilder() {
      @Override
      public void configure() {
        from(address(way, name))
            .aggregate(new HolySheepStreamId(), new HolySheepAggregationStrategy())
            .process(answers::add);
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
