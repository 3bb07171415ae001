package ai.holysheep.camel.route;

import static ai.holysheep.camel.HolySheepConstants.COMPLETE;
import static ai.holysheep.camel.HolySheepConstants.COMPLETION_TOKENS;
import static ai.holysheep.camel.HolySheepConstants.ERROR_CATEGORY;
import static ai.holysheep.camel.HolySheepConstants.EVENT_TYPE;
import static ai.holysheep.camel.HolySheepConstants.FINISH_REASON;
import static ai.holysheep.camel.HolySheepConstants.INDEX;
import static ai.holysheep.camel.HolySheepConstants.MISSING;
import static ai.holysheep.camel.HolySheepConstants.STREAM_ID;
import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.HolySheepAggregationStrategy;
import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.convert.BodyFormat;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * {@code split(body(), strategy)}: the parts go their way, and the route goes on with the answer.
 */
class JoinSplitTest extends StreamRouteTestSupport {

  private final HolySheepAggregationStrategy strategy = new HolySheepAggregationStrategy();

  @ParameterizedTest
  @EnumSource(BodyFormat.class)
  void answerFollowsItsParts(BodyFormat format) throws Exception {
    server.then(StreamRouteTestSupport::hello);
    routes(
        rb ->
            rb.from("direct:ask")
                .to(ask("bodyFormat=" + format))
                .split(body(), strategy)
                .streaming()
                .to("mock:parts")
                .end()
                .to("mock:answer"));
    Exchange exchange = send();
    assertThat(parts().getExchanges()).hasSize(3);
    assertThat(exchange.getException()).isNull();
    Message answer = received("mock:answer", 1).get(0).getMessage();
    assertThat(answer.getBody()).isEqualTo("Hello");
    assertThat(answer.getHeader(COMPLETE)).isEqualTo(true);
    assertThat(answer.getHeader(FINISH_REASON)).isEqualTo("stop");
    assertThat(answer.getHeader(COMPLETION_TOKENS, Long.class)).isPositive();
    assertThat(answer.getHeader(STREAM_ID)).isNotNull();
    assertThat(answer.getHeader("sent")).isEqualTo("along");
    assertThat(answer.getHeaders()).doesNotContainKeys(INDEX, EVENT_TYPE, MISSING);
  }

  @Test
  void answerIsTheOneOfAWholeCall() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    strategy.setBodyFormat(BodyFormat.object);
    routes(
        rb -> rb.from("direct:ask").to(ask()).split(body(), strategy).streaming().to("mock:parts"));
    ChatAnswer joined = send().getMessage().getBody(ChatAnswer.class);
    server.then(StreamRouteTestSupport::hello);
    ChatAnswer whole = stream().answer();
    assertThat(joined.choices()).isEqualTo(whole.choices());
    assertThat(joined.report())
        .usingRecursiveComparison()
        .ignoringFields("latency")
        .isEqualTo(whole.report());
    assertThat(joined.report().latency().duration()).isPositive();
    assertThat(joined.model()).isEqualTo(whole.model());
  }

  @Test
  void textThatTheRouteHasChangedIsInTheAnswer() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    routes(
        rb ->
            rb.from("direct:ask")
                .to(ask())
                .split(body(), strategy)
                .streaming()
                .filter(rb.header(EVENT_TYPE).isEqualTo("token"))
                .setBody(rb.simple("${body.toUpperCase()}")));
    Message answer = send().getMessage();
    assertThat(answer.getBody()).isEqualTo("HELLO");
    assertThat(answer.getHeader(COMPLETE)).isEqualTo(true);
  }

  @Test
  void answerOfPartsThatWereRoutedAtOnceIsInOrder() throws Exception {
    server.then(
        peer -> {
          peer.head();
          for (int i = 0; i < 100; i++) {
            peer.token(i + " ");
          }
          peer.finish();
        });
    routes(
        rb ->
            rb.from("direct:ask")
                .to(ask())
                .split(body(), strategy)
                .streaming()
                .parallelProcessing()
                .to("mock:parts"));
    Message answer = send().getMessage();
    assertThat(answer.getBody(String.class)).startsWith("0 1 2 3 ").endsWith(" 98 99 ");
    assertThat(answer.getHeader(COMPLETE)).isEqualTo(true);
  }

  @Test
  void partThatFailedIsInTheAnswerAndFailsTheExchange() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    routes(
        rb ->
            rb.from("direct:ask")
                .to(ask())
                .split(body(), strategy)
                .streaming()
                .filter(body().isEqualTo("lo"))
                .throwException(new IllegalStateException("No lo")));
    Exchange exchange = send();
    assertThat(exchange.getException()).hasMessage("No lo");
    assertThat(exchange.getMessage().getBody()).isEqualTo("Hello");
    assertThat(exchange.getMessage().getHeader(COMPLETE)).isEqualTo(true);
  }

  @Test
  void failureThatTheFirstPartsRouteHasDealtWithEndsNothing() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    RouteBuilder.addRoutes(
        context,
        rb -> {
          rb.onException(IllegalStateException.class).handled(true).to("mock:handled");
          rb.from("direct:ask")
              .to(ask())
              .split(body(), strategy)
              .streaming()
              .filter(body().isEqualTo("Hel"))
              .throwException(new IllegalStateException("No Hel"))
              .end()
              .end()
              .to("mock:answer");
        });
    assertThat(send().getException()).isNull();
    assertThat(received("mock:answer", 1).get(0).getMessage().getBody()).isEqualTo("Hello");
  }

  @Test
  void stopInAPartsRouteEndsThatRouteAlone() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    routes(
        rb ->
            rb.from("direct:ask")
                .to(ask())
                .split(body(), strategy)
                .streaming()
                .stop()
                .end()
                .to("mock:answer"));
    send();
    assertThat(received("mock:answer", 1).get(0).getMessage().getBody()).isEqualTo("Hello");
  }

  @Test
  void failureThatIsAPartGivesWhatThereWas() throws Exception {
    server.then(peer -> peer.head().token("Hel").token("lo").close());
    routes(
        rb ->
            rb.from("direct:ask")
                .to(ask("throwExceptionOnFailure=false"))
                .split(body(), strategy)
                .streaming()
                .to("mock:parts")
                .end()
                .choice()
                .when(rb.header(EVENT_TYPE).isEqualTo("error"))
                .setHeader("why", rb.simple("${exception.message}")));
    Exchange exchange = send();
    assertThat(exchange.getException()).isNull();
    Message answer = exchange.getMessage();
    assertThat(answer.getBody()).isEqualTo("Hello");
    assertThat(answer.getHeader(COMPLETE)).isEqualTo(false);
    assertThat(answer.getHeader(ERROR_CATEGORY)).isEqualTo("SERVER_ERROR");
    assertThat(answer.getHeader("why", String.class)).contains("is not whole");
    assertThat(answer.getHeaders()).doesNotContainKey(MISSING);
  }

  @Test
  void anythingElseThatIsSplitIsRefused() throws Exception {
    routes(rb -> rb.from("direct:ask").split(body(), strategy).to("mock:parts"));
    assertThat(send().getException())
        .hasStackTraceContaining("The exchange is no part of a stream");
  }

  private Exchange send() {
    return template.send(
        "direct:ask",
        exchange -> {
          exchange.getMessage().setBody("Hi");
          exchange.getMessage().setHeader("sent", "along");
        });
  }
}
