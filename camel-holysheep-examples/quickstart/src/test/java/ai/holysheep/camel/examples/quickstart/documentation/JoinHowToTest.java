package ai.holysheep.camel.examples.quickstart.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.HolySheepAggregationStrategy;
import ai.holysheep.camel.HolySheepStreamId;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.processor.aggregate.ClosedCorrelationKeyException;
import org.apache.camel.support.DefaultHeaderFilterStrategy;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;

/** The code of the how-to guide about joining streams. */
class JoinHowToTest extends HowToTestSupport {

  private static final String PROMPT = "[[echo]]one two three";

  @Test
  void answerFollowsASplit() throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            // begin: join-split
            from("direct:ask")
                .to("holysheep:chat?model=deepseek-v3.2&stream=true")
                .split(body(), new HolySheepAggregationStrategy())
                .streaming()
                .to("seda:parts")
                .end()
                .to("seda:answers");
            // end: join-split
          }
        });
    send(PROMPT);
    assertThat(parts()).containsExactly("one", " two", " three", "usage");
    assertAnswer();
  }

  @Test
  void joinedInJava() throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            // begin: join-aggregate
            from("seda:broker")
                .aggregate(new HolySheepStreamId(), new HolySheepAggregationStrategy())
                .completionTimeout(30_000)
                .choice()
                .when(header("CamelHolySheepComplete"))
                .to("seda:answers")
                .otherwise()
                .to("seda:incomplete");
            // end: join-aggregate
          }
        });
    assertJoined();
  }

  @Test
  void joinedInXml() throws Exception {
    load("join.xml", Documents.code("join-aggregate-xml"));
    assertJoined();
  }

  @Test
  void joinedInYaml() throws Exception {
    load("join.yaml", Documents.code("join-aggregate-yaml"));
    assertJoined();
  }

  @Test
  void optionsInYaml() throws Exception {
    load(
        "join.yaml",
        Documents.code("join-options-yaml")
            + Documents.code("join-aggregate-yaml")
                .replace(
                    "\"#class:ai.holysheep.camel.HolySheepAggregationStrategy\"", "answerAsJson"));
    sendParts();
    assertThat(results.receiveBody("seda:answers", 10_000, String.class))
        .startsWith("{\"type\":\"answer\"");
  }

  @Test
  void lateParts() throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            // begin: join-close
            onException(ClosedCorrelationKeyException.class).handled(true);

            from("seda:broker")
                .aggregate(new HolySheepStreamId(), new HolySheepAggregationStrategy())
                .closeCorrelationKeyOnCompletion(10_000)
                .completionTimeout(30_000)
                .to("seda:answers");
            // end: join-close
          }
        });
    assertJoined();
  }

  @Test
  void headersOfPartsPassAndNoOthers() {
    // begin: join-headers
    DefaultHeaderFilterStrategy headersOfParts = new DefaultHeaderFilterStrategy();
    String others = "(?i)(?!CamelHolySheep)(Camel|org\\.apache\\.camel\\.|kafka\\.).*";
    headersOfParts.setOutFilterPattern(others);
    headersOfParts.setInFilterPattern(others);
    // end: join-headers
    Exchange exchange = context.getEndpoint("direct:any").createExchange();
    for (String name : new String[] {"CamelHttpUri", "camelhttpuri", "kafka.KEY"}) {
      assertThat(headersOfParts.applyFilterToCamelHeaders(name, "x", exchange)).isTrue();
      assertThat(headersOfParts.applyFilterToExternalHeaders(name, "x", exchange)).isTrue();
    }
    for (String name : new String[] {"CamelHolySheepIndex", "traceparent"}) {
      assertThat(headersOfParts.applyFilterToCamelHeaders(name, "x", exchange)).isFalse();
      assertThat(headersOfParts.applyFilterToExternalHeaders(name, "x", exchange)).isFalse();
    }
  }

  private void load(String name, String code) throws Exception {
    PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString(name, code));
  }

  private void assertJoined() throws Exception {
    sendParts();
    assertAnswer();
  }

  private void sendParts() throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            // begin: join-send
            from("direct:ask")
                .to("holysheep:chat?model=deepseek-v3.2&stream=true&bodyFormat=json")
                .split(body())
                .streaming()
                .to("seda:broker");
            // end: join-send
          }
        });
    send(PROMPT);
  }

  private void assertAnswer() {
    Exchange exchange = results.receive("seda:answers", 10_000);
    assertThat(exchange).as("an answer").isNotNull();
    Message answer = exchange.getMessage();
    assertThat(answer.getBody()).isEqualTo("one two three");
    assertThat(answer.getHeader("CamelHolySheepComplete")).isEqualTo(true);
    assertThat(answer.getHeader("CamelHolySheepCompletionTokens")).isEqualTo(3L);
    assertThat(results.receiveNoWait("seda:incomplete")).isNull();
  }
}
