package ai.holysheep.camel.route;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.error.RateLimitedException;
import ai.holysheep.camel.error.StreamTruncatedException;
import ai.holysheep.camel.error.TransportFailedException;
import ai.holysheep.camel.testing.ScriptedServer;
import ai.holysheep.camel.testing.ScriptedServer.Script;
import java.util.List;
import org.apache.camel.CamelException;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Routes that were written for HTTP endpoints find what they look for. */
class HttpFailureTest extends StreamRouteTestSupport {

  private static final String JSON = "application/json";

  @ParameterizedTest
  @CsvSource({"429,mock:slow", "503,mock:other"})
  void clausesForHttpMatchByStatus(int status, String expected) throws Exception {
    server.then(peer -> peer.document(status, JSON, "{\"error\":\"No\"}"));
    routes(
        rb -> {
          rb.onException(HttpOperationFailedException.class)
              .onWhen(rb.simple("${exception.statusCode} == 429"))
              .handled(true)
              .to("mock:slow");
          rb.onException(HttpOperationFailedException.class)
              .onWhen(rb.simple("${exception.statusCode} >= 500"))
              .handled(true)
              .setBody(rb.simple("${exception.responseBody}"))
              .to("mock:other");
          rb.from("direct:ask").to(ask());
        });
    assertThat(send().isFailed()).isFalse();
    received(expected, 1);
  }

  @Test
  void doCatchForHttpMatches() throws Exception {
    server.then(peer -> peer.document(404, JSON, "{\"error\":\"No\"}", "Retry-After: 1"));
    routes(
        rb ->
            rb.from("direct:ask")
                .doTry()
                .to(ask())
                .doCatch(HttpOperationFailedException.class)
                .setBody(
                    rb.simple(
                        "${exception.statusCode} ${exception.responseBody}"
                            + " ${exception.responseHeaders[retry-after]}")));
    assertThat(send().getMessage().getBody(String.class)).isEqualTo("404 {\"error\":\"No\"} 1");
  }

  @ParameterizedTest
  @CsvSource({
    "RateLimitedException,HttpOperationFailedException,RateLimitedException",
    "HolySheepException,HttpOperationFailedException,HolySheepException",
    "HttpOperationFailedException,HolySheepException,HolySheepException",
    "HttpOperationFailedException,RateLimitedException,RateLimitedException",
    "RuntimeException,HttpOperationFailedException,HttpOperationFailedException",
    "Exception,HttpOperationFailedException,HttpOperationFailedException",
    "Exception,HolySheepException,HolySheepException",
    "CamelException,HolySheepException,HolySheepException"
  })
  void clauseForTheFamilyComesBeforeTheOneForHttpAndThatBeforeTheGeneralOnes(
      String first, String second, String taken) throws Exception {
    server.then(peer -> peer.document(429, JSON, "{\"error\":\"No\"}"));
    routes(
        rb -> {
          on(rb, first);
          on(rb, second);
          rb.from("direct:ask").to(ask());
        });
    send();
    String message = received("mock:" + taken, 1).get(0).getMessage().getBody(String.class);
    assertThat(message).startsWith("Too many requests (http://127.0.0.1");
  }

  @Test
  void causeTellsWhatTheServerRepliedButNoSecret() throws Exception {
    String body = "{\"error\":\"key-1 is slow\"," + "\n".repeat(5000) + "}";
    HttpOperationFailedException cause =
        refused(
            peer ->
                peer.document(
                    429,
                    JSON,
                    body,
                    "Set-Cookie: session=1",
                    "Server: nginx",
                    "x-request-id: req-key-1"));
    assertThat(cause.getStatusCode()).isEqualTo(429);
    assertThat(cause.getUri()).isEqualTo(server.baseUrl() + "/chat/completions");
    assertThat(cause.getStatusText()).isNotBlank();
    assertThat(cause.getResponseHeaders())
        .containsEntry("content-type", JSON)
        .containsEntry("Server", "nginx")
        .containsEntry("X-Request-Id", "req-***")
        .doesNotContainKey("Set-Cookie");
    assertThat(cause.getResponseBody())
        .startsWith("{\"error\":\"*** is slow\",\n\n")
        .endsWith("...")
        .hasSizeLessThan(5000);
  }

  @Test
  void replyThatIsLongerThanWhatIsReadNeverEndsInHalfOfTheKey() throws Exception {
    server.then(peer -> peer.document(400, "text/plain", "x".repeat(2044) + "key-1"));
    routes(rb -> rb.from("direct:ask").to(ask("maxResponseBytes=2048")));
    HttpOperationFailedException cause = send().getException(HttpOperationFailedException.class);
    assertThat(cause.getResponseBody()).endsWith("x***");
  }

  @Test
  void redirectTellsWhereToButNotWithWhat() throws Exception {
    HttpOperationFailedException cause =
        refused(
            peer ->
                peer.document(
                    302, "text/html", "", "Location: https://joe:pw@login.test/in?ticket=1#x"));
    assertThat(cause.isRedirectError()).isTrue();
    assertThat(cause.getRedirectLocation()).isEqualTo("https://login.test/in");
    assertThat(cause.getResponseBody()).isEmpty();
  }

  @Test
  void compressedReplyIsNotShownBecauseTheKeyCouldNotBeFoundInIt() throws Exception {
    assertThat(refused(peer -> peer.document(400, JSON, "xyz", "Content-Encoding: gzip")))
        .extracting(HttpOperationFailedException::getResponseBody)
        .isEqualTo("");
  }

  @Test
  void wholeAnswerThatIsRefusedHasTheCauseToo() throws Exception {
    server.then(peer -> peer.document(500, JSON, "{}"));
    routes(rb -> rb.from("direct:ask").to(ask().replace("stream=true", "stream=false")));
    Exchange exchange = send();
    assertThat(exchange.getException(HttpOperationFailedException.class).getStatusCode())
        .isEqualTo(500);
    assertThat(exchange.getException(HolySheepException.class).getStatusCode()).isEqualTo(500);
  }

  @Test
  void furtherTryThatIsRefusedInTheMiddleOfAnAnswerHasTheCause() throws Exception {
    server.then(peer -> peer.head().token("Hel").end(), peer -> peer.document(400, JSON, "{}"));
    routes(
        rb ->
            rb.from("direct:ask")
                .to(askAgain(1, "recovery=restart"))
                .split(body())
                .streaming()
                .to("mock:parts"));
    assertThat(send().getException(HttpOperationFailedException.class).getStatusCode())
        .isEqualTo(400);
  }

  @Test
  void refusalThatIsAPartHasTheCause() throws Exception {
    server.then(peer -> peer.head().token("Hel").end(), peer -> peer.document(400, JSON, "{}"));
    routes(
        rb ->
            rb.from("direct:ask")
                .to(askAgain(1, "recovery=restart", "throwExceptionOnFailure=false"))
                .split(body())
                .streaming()
                .to("mock:parts"));
    send();
    List<Exchange> parts = received("mock:parts", 3);
    assertThat(parts.get(2).getMessage().getBody(Exception.class))
        .hasCauseInstanceOf(HttpOperationFailedException.class);
  }

  @Test
  void failureWithoutSuchAStatusIsNoFailureOfHttp() throws Exception {
    server.then(peer -> peer.head().token("Hel").end());
    routes(rb -> rb.from("direct:ask").to(ask()).convertBodyTo(String.class));
    Exchange exchange = send();
    assertThat(exchange.getException(StreamTruncatedException.class)).hasNoCause();
    assertThat(exchange.getException(StreamTruncatedException.class).getResponseBody()).isNull();
    server.then(ScriptedServer.Peer::reset);
    assertThat(send().getException(TransportFailedException.class).getResponseHeaders()).isEmpty();
  }

  private HttpOperationFailedException refused(Script script) throws Exception {
    server.then(script);
    routes(rb -> rb.from("direct:ask").to(ask()));
    return send().getException(HttpOperationFailedException.class);
  }

  private Exchange send() {
    return template.send("direct:ask", exchange -> exchange.getMessage().setBody("Hi"));
  }

  private static void on(RouteBuilder routes, String name) {
    List<Class<? extends Exception>> types =
        List.of(
            RateLimitedException.class,
            HolySheepException.class,
            HttpOperationFailedException.class,
            RuntimeException.class,
            CamelException.class,
            Exception.class);
    Class<? extends Exception> type =
        types.stream().filter(each -> each.getSimpleName().equals(name)).findFirst().orElseThrow();
    routes
        .onException(type)
        .handled(true)
        .setBody(routes.simple("${exception.message}"))
        .to("mock:" + name);
  }
}
