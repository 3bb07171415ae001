package ai.holysheep.camel.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ai.holysheep.camel.HolySheepConstants;
import ai.holysheep.camel.error.AuthenticationFailedException;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.error.Progress;
import ai.holysheep.camel.error.ProtocolViolatedException;
import ai.holysheep.camel.error.ProviderUnavailableException;
import ai.holysheep.camel.error.QuotaExhaustedException;
import ai.holysheep.camel.error.RateLimitedException;
import ai.holysheep.camel.error.RequestRejectedException;
import ai.holysheep.camel.error.StreamTruncatedException;
import ai.holysheep.camel.testing.Chunks;
import ai.holysheep.camel.testing.ScriptedServer;
import ai.holysheep.camel.testing.ScriptedServer.Script;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a route gets when the server does not answer the question. */
class RefusalTest extends CamelTestSupport {

  private static final String KEY = "sk-0123456789";
  private static final String JSON = "application/json";
  private static final String HTML =
      "<!DOCTYPE html><html><head><title>Oops</title></head><body>nginx</body></html>";
  private static final List<Boolean> STREAM_AND_WHOLE = List.of(true, false);

  private final ScriptedServer server = new ScriptedServer();

  @AfterEach
  void closeServer() throws Exception {
    server.close();
  }

  @Override
  protected RouteBuilder createRouteBuilder() {
    return new RouteBuilder() {
      @Override
      public void configure() {
        from("direct:ask")
            .toF(
                "holysheep:chat?model=m-1&apiKey=%s&maxResponseBytes=20000&maxReconnects=0&baseUrl=%s",
                KEY, server.baseUrl())
            .to("mock:answered")
            .split(body())
            .streaming()
            .to("mock:parts");
        from("direct:event")
            .toF(
                "holysheep:chat?model=m-1&apiKey=%s&throwExceptionOnFailure=false&maxReconnects=0&baseUrl=%s",
                KEY, server.baseUrl());
      }
    };
  }

  static Stream<Arguments> statuses() {
    Class<?> rejected = RequestRejectedException.class;
    Class<?> key = AuthenticationFailedException.class;
    Class<?> busy = ProviderUnavailableException.class;
    return Stream.of(
            arguments(400, "invalid_value", rejected, "Change the request"),
            arguments(401, "invalid_api_key", key, "'apiKey'"),
            arguments(403, "forbidden", key, "'apiKey'"),
            arguments(404, "model_not_found", rejected, "'model'"),
            arguments(404, "not_found", rejected, "'baseUrl'"),
            arguments(405, "method", rejected, "'baseUrl'"),
            arguments(402, "payment", QuotaExhaustedException.class, "Top it up"),
            arguments(408, "timeout", busy, "Try again later"),
            arguments(409, "conflict", busy, "Try again later"),
            arguments(413, "too_large", rejected, "Change the request"),
            arguments(422, "unprocessable", rejected, "Change the request"),
            arguments(429, "rate", RateLimitedException.class, "Try again later"),
            arguments(429, "insufficient_quota", QuotaExhaustedException.class, "Top it up"),
            arguments(403, "insufficient_balance", QuotaExhaustedException.class, "Top it up"),
            arguments(500, "oops", busy, "Try again later"),
            arguments(502, "oops", busy, "Try again later"),
            arguments(503, "oops", busy, "Try again later"),
            arguments(504, "oops", busy, "Try again later"),
            arguments(529, "overloaded", busy, "Try again later"))
        .flatMap(
            row ->
                STREAM_AND_WHOLE.stream()
                    .map(
                        stream -> {
                          Object[] of = row.get();
                          return arguments(of[0], of[1], of[2], of[3], stream);
                        }));
  }

  @ParameterizedTest(name = "{0} {1}, stream {4}")
  @MethodSource("statuses")
  void statusDecidesTheExceptionAndItSaysWhatToDo(
      int status, String code, Class<?> type, String advice, boolean stream) throws Exception {
    String body =
        "{\"error\":{\"message\":\"Key "
            + KEY
            + " says no\",\"type\":\"t-1\",\"code\":\""
            + code
            + "\",\"param\":\"p-1\"}}";
    HolySheepException failure =
        refused(stream, peer -> peer.document(status, JSON, body, "x-request-id: req-1"));
    assertThat(failure)
        .isExactlyInstanceOf(type)
        .hasMessageContaining("HTTP " + status)
        .hasMessageContaining(advice)
        .hasMessageContaining("model m-1")
        .hasMessageContaining("req-1")
        .hasMessageContaining("Key *** says no.");
    assertThat(failure.getStatus()).isEqualTo(status);
    assertThat(failure.getCode()).isEqualTo(code);
    assertThat(failure.getType()).isEqualTo("t-1");
    assertThat(failure.getRequestId()).isEqualTo("req-1");
    assertThat(failure.getModel()).isEqualTo("m-1");
    assertThat(failure.getProgress()).isEqualTo(Progress.SENT);
    assertThat(failure.getPartialText()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 307, 308})
  void redirectIsNotFollowedBecauseTheKeyWouldGoWithIt(int status) throws Exception {
    HolySheepException failure =
        refused(
            true,
            peer -> peer.document(status, "text/html", HTML, "Location: " + server.baseUrl()));
    assertThat(failure)
        .isInstanceOf(RequestRejectedException.class)
        .hasMessageContaining("'baseUrl'");
    assertThat(server.requests()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "Retry-After: 2,2000",
    "Retry-After: 1.5,1500",
    "retry-after-ms: 250,250",
    "'Retry-After: Sun, 06 Nov 1994 08:50:07 GMT',30000"
  })
  void delayThatTheServerAsksForIsInTheException(String header, long millis) throws Exception {
    HolySheepException failure =
        refused(
            true,
            peer -> peer.document(429, JSON, "{}", header, "Date: Sun, 06 Nov 1994 08:49:37 GMT"));
    assertThat(failure)
        .isInstanceOf(RateLimitedException.class)
        .hasMessageContaining(millis + " ms");
    assertThat(failure.getRetryAfter()).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/json|{\"error\":\"Slow down\"}|Slow down.",
        "application/json|{\"detail\":\"Slow down!\"}|Slow down!",
        "application/json|{\"message\":\"Slow down\"}|Slow down.",
        "application/problem+json|{\"detail\":[{\"msg\":\"Slow down\"}]}|Slow down.",
        "text/plain|Slow down|Slow down.",
        "text/event-stream|Slow down|Slow down.",
        "application/json|''|it gives no reason.",
        "application/json|{\"error\":{\"mess|it gives no reason.",
        "text/html|" + HTML + "|it gives no reason.",
        "application/json|" + HTML + "|it gives no reason."
      })
  void reasonIsFoundWhereServersPutIt(String type, String body, String reason) throws Exception {
    for (boolean stream : STREAM_AND_WHOLE) {
      HolySheepException failure = refused(stream, peer -> peer.document(503, type, body));
      assertThat(failure)
          .isInstanceOf(ProviderUnavailableException.class)
          .hasMessageEndingWith("): " + reason + " Try again later.")
          .hasMessageNotContaining("<");
    }
  }

  @Test
  void statusIsEnoughWhereTheErrorIsEndlessCutOrBroken() throws Exception {
    String huge = "{\"error\":\"" + "x".repeat(30_000) + "\"}";
    assertThat(refused(true, peer -> peer.document(401, JSON, huge)))
        .isInstanceOf(AuthenticationFailedException.class)
        .hasMessageContaining("it gives no reason");
    Script cut =
        peer -> {
          peer.bytes("HTTP/1.1 401 No\r\nContent-Length: 100\r\n\r\n{\"error\":");
          peer.close();
        };
    assertThat(refused(true, cut)).isInstanceOf(AuthenticationFailedException.class);
    Script broken = peer -> peer.head(401).bytes("no chunk\r\n");
    assertThat(refused(true, broken)).isInstanceOf(AuthenticationFailedException.class);
  }

  @Test
  void longReasonIsCutAndTheKeyIsNotLeftInHalf() throws Exception {
    String text = "x".repeat(495) + KEY + "y".repeat(500);
    HolySheepException failure = refused(true, peer -> peer.document(400, "text/plain", text));
    assertThat(failure).hasMessageNotContaining("sk-0").hasMessageContaining("***");
    assertThat(failure.getMessage()).hasSizeLessThan(900);
  }

  @Test
  void keyIsBlottedOutWhereverTheServerEchoesIt() throws Exception {
    String body =
        "{\"error\":{\"message\":\"KEY\",\"type\":\"KEY\",\"code\":\"KEY\",\"param\":\"KEY\"}}"
            .replace("KEY", KEY);
    HolySheepException failure =
        refused(true, peer -> peer.document(400, JSON, body, "x-request-id: " + KEY));
    assertThat(failure).hasMessageNotContaining(KEY);
    assertThat(failure.getContext().toString()).doesNotContain(KEY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/html|" + HTML,
        "application/json|{}",
        "application/json|{\"choices\":[]}",
        "application/json|[]",
        "application/json|''",
        "application/json|{\"choices\":[{\"mess",
        "text/plain|hello",
        "text/plain|''"
      })
  void replyThatIsNoAnswerFailsWithItsBeginning(String type, String body) throws Exception {
    for (boolean stream : STREAM_AND_WHOLE) {
      HolySheepException failure = refused(stream, peer -> peer.document(200, type, body));
      assertThat(failure)
          .isInstanceOf(ProtocolViolatedException.class)
          .hasMessageContaining("'baseUrl'")
          .hasMessageContaining(type)
          .hasMessageEndingWith("begins with: " + body);
      assertThat(failure.getStatus()).isEqualTo(200);
      assertThat(failure.getProgress()).isEqualTo(Progress.SENT);
    }
  }

  @Test
  void quotedBeginningNeverHoldsThePartOfAKey() throws Exception {
    String text = "x".repeat(195) + KEY;
    assertThat(refused(true, peer -> peer.document(200, "text/html", text)))
        .hasMessageNotContaining("sk-0");
  }

  @ParameterizedTest
  @CsvSource({
    "server_error,,ProviderUnavailableException",
    "insufficient_quota,,QuotaExhaustedException",
    ",insufficient_quota,QuotaExhaustedException",
    "invalid_request_error,,RequestRejectedException",
    "invalid_request_error,invalid_api_key,AuthenticationFailedException",
    "permission_error,,AuthenticationFailedException",
    "not_found_error,,RequestRejectedException",
    "request_too_large,,RequestRejectedException",
    "billing_error,,QuotaExhaustedException",
    ",context_length_exceeded,RequestRejectedException",
    "overloaded_error,,ProviderUnavailableException",
    ",rate_limit_exceeded,RateLimitedException",
    ",429,RateLimitedException",
    ",401,AuthenticationFailedException",
    ",502,ProviderUnavailableException"
  })
  void errorUnderStatus200IsNoAnswer(String type, String code, String exception) throws Exception {
    String body =
        "{\"error\":{\"message\":\"Broken\",\"type\":%s,\"code\":%s}}"
            .formatted(json(type), json(code));
    for (boolean stream : STREAM_AND_WHOLE) {
      HolySheepException failure = refused(stream, peer -> peer.document(200, JSON, body));
      assertThat(failure.getClass().getSimpleName()).isEqualTo(exception);
      assertThat(failure).hasMessageContaining("Broken.").hasMessageNotContaining("in the middle");
      assertThat(failure.getProgress()).isEqualTo(Progress.SENT);
    }
  }

  @Test
  void errorInTheMiddleOfAStreamFailsWithTheTextSoFar() throws Exception {
    server.then(peer -> peer.head().token("Hel").event("{\"error\":{\"message\":\"Boom\"}}").end());
    HolySheepException failure = failure(ask(true));
    assertThat(failure)
        .isInstanceOf(ProviderUnavailableException.class)
        .hasMessageContaining("in the middle")
        .hasMessageContaining("Boom.");
    assertThat(failure.getProgress()).isEqualTo(Progress.PARTIAL);
    assertThat(failure.getPartialText()).isEqualTo("Hel");
  }

  @Test
  void wholeAnswerInPlaceOfAStreamIsOneTokenAndTheUsage() throws Exception {
    server.then(peer -> peer.document(200, JSON, Chunks.completion("Hello")));
    MockEndpoint parts = getMockEndpoint("mock:parts");
    parts.expectedMessageCount(2);
    assertThat(ask(true).getException()).isNull();
    parts.assertIsSatisfied();
    assertThat(parts.getExchanges().get(0).getMessage().getBody()).isEqualTo("Hello");
    assertThat(parts.getExchanges().get(1).getMessage().getHeader(HolySheepConstants.TOTAL_TOKENS))
        .isEqualTo(10L);
  }

  @Test
  void streamInPlaceOfAWholeAnswerIsJoined() throws Exception {
    server.then(peer -> peer.head().token("Hel").token("lo").finish());
    Exchange exchange = ask(false);
    assertThat(exchange.getException()).isNull();
    assertThat(exchange.getMessage().getBody()).isEqualTo("Hello");
    assertThat(exchange.getMessage().getHeader(HolySheepConstants.TOTAL_TOKENS)).isEqualTo(10L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/octet-stream", "text/event-stream;charset=x"})
  void streamIsKnownByItsContentWhateverItsType(String type) throws Exception {
    server.then(peer -> peer.head(200, "Content-Type: " + type).token("Hel").token("lo").finish());
    MockEndpoint parts = getMockEndpoint("mock:parts");
    parts.expectedMessageCount(3);
    assertThat(ask(true).getException()).isNull();
    parts.assertIsSatisfied();
  }

  @Test
  void cutStreamIsNoWholeAnswerEvenWhereFailuresAreEvents() throws Exception {
    server.then(peer -> peer.head().token("Hel").end());
    Exchange exchange = template.request("direct:event", e -> e.getMessage().setBody("Hi"));
    assertThat(exchange.getException()).isInstanceOf(StreamTruncatedException.class);
  }

  private HolySheepException refused(boolean stream, Script script) throws Exception {
    server.then(script);
    MockEndpoint answered = getMockEndpoint("mock:answered");
    answered.reset();
    answered.expectedMessageCount(0);
    getMockEndpoint("mock:parts").expectedMessageCount(0);
    HolySheepException failure = failure(ask(stream));
    assertThat(answered.getReceivedCounter()).isZero();
    assertThat(getMockEndpoint("mock:parts").getReceivedCounter()).isZero();
    return failure;
  }

  private Exchange ask(boolean stream) {
    return template.request(
        "direct:ask",
        exchange -> {
          exchange.getMessage().setBody("Hi");
          exchange.getMessage().setHeader(HolySheepConstants.STREAM, stream);
        });
  }

  private static HolySheepException failure(Exchange exchange) {
    assertThat(exchange.getException()).isInstanceOf(HolySheepException.class);
    return (HolySheepException) exchange.getException();
  }

  private static String json(String text) {
    return text == null ? "null" : "\"" + text + "\"";
  }
}
