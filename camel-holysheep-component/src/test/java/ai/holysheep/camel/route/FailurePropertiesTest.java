package ai.holysheep.camel.route;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.HolySheepConstants;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.testing.ScriptedServer.Peer;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The properties by which Camel's components for models tell a route what kind of failure it is.
 */
class FailurePropertiesTest extends StreamRouteTestSupport {

  private static final String CATEGORY = "CamelAiErrorCategory";
  private static final String RETRY_AFTER = "CamelAiRetryAfterMillis";

  @ParameterizedTest
  @CsvSource({
    "400,VALIDATION",
    "401,AUTH",
    "402,AUTH",
    "403,AUTH",
    "404,VALIDATION",
    "429,RATE_LIMIT",
    "500,SERVER_ERROR",
    "503,SERVER_ERROR"
  })
  void refusedRequestLeavesItsCategoryAndTheDelay(int status, String category) throws Exception {
    server.then(peer -> refuse(peer, status, "Retry-After: 2"));
    routes(rb -> rb.from("direct:ask").to(ask()));
    Exchange exchange = send("direct:ask");
    assertThat(exchange.getException()).isInstanceOf(HolySheepException.class);
    assertThat(exchange.getProperty(CATEGORY)).isEqualTo(category);
    assertThat(exchange.getProperty(RETRY_AFTER)).isEqualTo(2000L);
  }

  @Test
  void requestThatWasNotEvenSentHasACategory() throws Exception {
    routes(rb -> rb.from("direct:ask").setBody(rb.constant("")).to(ask()));
    Exchange exchange = send("direct:ask");
    assertThat(exchange.getProperty(CATEGORY)).isEqualTo("VALIDATION");
    assertThat(exchange.getProperties()).doesNotContainKey(RETRY_AFTER);
  }

  @Test
  void streamThatBreaksMarksTheExchangeThatSplits() throws Exception {
    server.then(peer -> peer.head().token("Hel").end());
    routes(rb -> rb.from("direct:ask").to(ask()).split(body()).streaming().to("mock:parts").end());
    Exchange exchange = send("direct:ask");
    assertThat(exchange.getProperty(CATEGORY)).isEqualTo("SERVER_ERROR");
    assertThat(exchange.getProperties()).doesNotContainKey(RETRY_AFTER);
    assertThat(received("mock:parts", 1).get(0).getProperties()).doesNotContainKey(CATEGORY);
  }

  @Test
  void streamThatBreaksMarksTheCopyThatReads() throws Exception {
    server.then(peer -> peer.head().token("Hel").end());
    routes(
        rb -> {
          rb.from("direct:ask").to(ask()).wireTap("direct:read").end().to("mock:asked");
          rb.from("direct:read")
              .onException(HolySheepException.class)
              .handled(true)
              .to("mock:failed")
              .end()
              .split(body())
              .streaming()
              .to("mock:parts");
        });
    Exchange asked = send("direct:ask");
    assertThat(received("mock:failed", 1).get(0).getProperty(CATEGORY)).isEqualTo("SERVER_ERROR");
    assertThat(asked.getProperties()).doesNotContainKey(CATEGORY);
  }

  @Test
  void conversionOfABrokenStreamMarksItsExchange() throws Exception {
    server.then(peer -> peer.head().token("Hel").end());
    routes(rb -> rb.from("direct:ask").to(ask()).convertBodyTo(String.class));
    assertThat(send("direct:ask").getProperty(CATEGORY)).isEqualTo("SERVER_ERROR");
  }

  @Test
  void successAfterAFailureIsNotCalledAFailure() throws Exception {
    server.then(peer -> refuse(peer, 429, "Retry-After: 2"), StreamRouteTestSupport::hello);
    routes(
        rb ->
            rb.from("direct:ask")
                .doTry()
                .to(ask())
                .doCatch(HolySheepException.class)
                .to("mock:failed")
                .setBody(rb.constant("Hi"))
                .to(ask())
                .end()
                .split(body())
                .streaming()
                .to("mock:parts"));
    Exchange exchange = send("direct:ask");
    assertHello();
    received("mock:failed", 1);
    assertThat(exchange.getProperties()).doesNotContainKeys(CATEGORY, RETRY_AFTER);
  }

  @Test
  void laterFailureWithoutADelayDoesNotKeepTheEarlierOne() throws Exception {
    server.then(
        peer -> refuse(peer, 429, "Retry-After: 2"), peer -> peer.head().token("Hel").end());
    routes(
        rb ->
            rb.from("direct:ask")
                .doTry()
                .to(ask())
                .doCatch(HolySheepException.class)
                .setBody(rb.constant("Hi"))
                .to(ask())
                .end()
                .split(body())
                .streaming()
                .to("mock:parts"));
    Exchange exchange = send("direct:ask");
    assertThat(exchange.getProperty(CATEGORY)).isEqualTo("SERVER_ERROR");
    assertThat(exchange.getProperties()).doesNotContainKey(RETRY_AFTER);
  }

  @Test
  void failureThatIsAPartTellsItInItsHeadersAndFailsNothing() throws Exception {
    server.then(
        peer ->
            peer.head(200, "Content-Type: text/event-stream", "Retry-After: 2")
                .token("Hel")
                .event("{\"error\":{\"message\":\"Slow\",\"code\":\"rate_limit_exceeded\"}}")
                .end());
    routes(
        rb ->
            rb.from("direct:ask")
                .to(ask("throwExceptionOnFailure=false"))
                .split(body())
                .streaming()
                .to("mock:parts"));
    Exchange exchange = send("direct:ask");
    assertThat(exchange.isFailed()).isFalse();
    assertThat(exchange.getProperties()).doesNotContainKey(CATEGORY);
    Message token = received("mock:parts", 2).get(0).getMessage();
    Message error = messages().get(1);
    assertThat(token.getHeaders()).doesNotContainKey(HolySheepConstants.ERROR_CATEGORY);
    assertThat(error.getHeader(HolySheepConstants.ERROR_CATEGORY)).isEqualTo("RATE_LIMIT");
    assertThat(error.getHeader(HolySheepConstants.RETRY_AFTER_MILLIS)).isEqualTo(2000L);
  }

  private Exchange send(String endpoint) {
    return template.send(endpoint, exchange -> exchange.getMessage().setBody("Hi"));
  }

  private static void refuse(Peer peer, int status, String header) throws Exception {
    peer.document(status, "application/json", "{\"error\":{\"message\":\"No\"}}", header);
  }
}
