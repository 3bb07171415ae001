package ai.holysheep.camel.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ai.holysheep.camel.HolySheepComponent;
import ai.holysheep.camel.HolySheepConstants;
import ai.holysheep.camel.chat.ChatMessage;
import ai.holysheep.camel.convert.ChatStream;
import ai.holysheep.camel.error.AuthenticationFailedException;
import ai.holysheep.camel.error.Deadline;
import ai.holysheep.camel.error.DeadlineExceededException;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.error.Progress;
import ai.holysheep.camel.error.RequestRejectedException;
import ai.holysheep.camel.error.TransportFailedException;
import ai.holysheep.camel.testing.ScriptedServer;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a route author gets who has set something wrong. */
class BadInputTest extends CamelTestSupport {

  private static final String KEY = "sk-0123456789";

  private final ScriptedServer server =
      new ScriptedServer(peer -> peer.head().token("Hi").finish());

  @AfterEach
  void closeServer() throws Exception {
    server.close();
  }

  @Override
  protected CamelContext createCamelContext() throws Exception {
    CamelContext context = super.createCamelContext();
    HolySheepComponent small = new HolySheepComponent();
    small.setMaxConcurrentStreams(1);
    small.setConnectionRequestTimeout(50);
    context.addComponent("narrow", small);
    return context;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"idleTimeout=abc", "maxReconnects=few", "seed=x", "maxTokens=1.5", "n=", "n=1e3"})
  void wordInPlaceOfANumberIsNotTakenForZero(String option) {
    assertThatThrownBy(() -> context.getEndpoint("holysheep:chat?model=m&" + option))
        .isInstanceOf(ResolveEndpointFailedException.class)
        .hasMessageContaining("'" + option.substring(0, option.indexOf('=')) + "' cannot be");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"idleTimeout=0", "idleTimeout=0s", "requestTimeout=PT0S", "seed=0", "seed=-0"})
  void zeroIsANumber(String option) {
    assertThat(context.getEndpoint("holysheep:chat?model=m&" + option)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"idleTimeout", "maxRetryAfter", "maxReconnects"})
  void negativeOptionFailsBeforeTheFirstMessage(String option) {
    assertThatThrownBy(() -> template.sendBody("holysheep:chat?model=m&" + option + "=-1", "Hi"))
        .rootCause()
        .hasMessage("The option '" + option + "' must not be negative.");
  }

  @Test
  void callWithoutAKeySaysWhereToPutIt() {
    Assumptions.assumeTrue(System.getenv("HOLYSHEEP_API_KEY") == null);
    HolySheepException failure = failure(template.request("holysheep:chat?model=m", hi()));
    assertThat(failure)
        .isInstanceOf(AuthenticationFailedException.class)
        .hasMessageContaining("'apiKey'")
        .hasMessageContaining("HOLYSHEEP_API_KEY");
    assertNothingSent(failure);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%20", "sk-secret%0A", "sk-secret%0D%0AX:y", "sk%20secret"})
  void keyThatCannotBeSentFailsWhenTheProducerStarts(String key) {
    assertThatThrownBy(() -> template.sendBody("holysheep:chat?model=m&apiKey=" + key, "Hi"))
        .rootCause()
        .isInstanceOf(AuthenticationFailedException.class)
        .hasMessageContaining("'apiKey'")
        .hasMessageNotContaining("secret");
  }

  @Test
  void unknownOperationAndOptionFailTheEndpoint() {
    assertThatThrownBy(() -> context.getEndpoint("holysheep:talk"))
        .isInstanceOf(ResolveEndpointFailedException.class)
        .hasMessageContaining("'talk'")
        .hasMessageContaining("chat");
    assertThatThrownBy(() -> context.getEndpoint("holysheep:chat?modle=m"))
        .isInstanceOf(ResolveEndpointFailedException.class)
        .hasMessageContaining("modle");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " "})
  void callWithoutAModelSaysWhereToNameIt(String model) {
    HolySheepException failure =
        failure(ask("", "Hi", Collections.singletonMap(HolySheepConstants.MODEL, model)));
    assertThat(failure)
        .isInstanceOf(RequestRejectedException.class)
        .hasMessageContaining("'model'")
        .hasMessageContaining("CamelHolySheepModel");
    assertNothingSent(failure);
  }

  static Stream<Arguments> bodies() {
    byte[] binary = {1, 0, 2};
    Map<String, Object> noRole = Map.of("content", "Hi");
    Map<String, Object> noJson = Map.of("messages", List.of(new Object()));
    return Stream.of(
        arguments(null, "prompt is empty"),
        arguments("", "prompt is empty"),
        arguments(" \n", "prompt is empty"),
        arguments(new byte[0], "prompt is empty"),
        arguments(List.of(), "no messages"),
        arguments(Map.of("messages", List.of()), "no messages"),
        arguments("{\"messages\":[]}", "no messages"),
        arguments(Map.of("prompt", "Hi"), "without a list of 'messages'"),
        arguments(Map.of("messages", "Hi"), "without a list of 'messages'"),
        arguments(List.of("Hi", noRole), "Message 1 of the list has no 'role'"),
        arguments(List.of(7), "Message 0 of the list has no 'role'"),
        arguments(Collections.singletonList(null), "Message 0 of the list has no 'role'"),
        arguments(List.of(new ChatMessage(null, "Hi")), "Message 0 of the list has no 'role'"),
        arguments(noJson, "No JSON can be made"),
        arguments(new Object(), "java.lang.Object cannot be made a prompt"),
        arguments(new Thread("x"), "java.lang.Thread cannot be made a prompt"),
        arguments(binary, "NUL character"),
        arguments(new ByteArrayInputStream(binary), "NUL character"));
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void bodyThatIsNoPromptIsRejected(Object body, String sentence) {
    HolySheepException failure = failure(ask("&model=m", body, Map.of()));
    assertThat(failure).isInstanceOf(RequestRejectedException.class).hasMessageContaining(sentence);
    assertNothingSent(failure);
  }

  static Stream<Arguments> headers() {
    String additional = HolySheepConstants.ADDITIONAL_HEADERS;
    return Stream.of(
        arguments(HolySheepConstants.TEMPERATURE, "abc", "CamelHolySheepTemperature"),
        arguments(HolySheepConstants.MAX_TOKENS, "many", "CamelHolySheepMaxTokens"),
        arguments(HolySheepConstants.SEED, "1.5x", "CamelHolySheepSeed"),
        arguments(HolySheepConstants.N, new Object(), "CamelHolySheepN"),
        arguments(HolySheepConstants.STREAM, "perhaps", "CamelHolySheepStream"),
        arguments(HolySheepConstants.TOOLS, "[{", "'tools' is not valid JSON"),
        arguments(HolySheepConstants.TOOLS, "", "'tools' is not valid JSON"),
        arguments(HolySheepConstants.JSON_SCHEMA, "no", "'jsonSchema' is not valid JSON"),
        arguments(HolySheepConstants.TOOL_CHOICE, "{", "'toolChoice' is not valid JSON"),
        arguments(HolySheepConstants.ADDITIONAL_BODY_PROPERTIES, "x=1", "must be a Map"),
        arguments(additional, "x", "must be a Map"),
        arguments(additional, List.of(), "must be a Map"),
        arguments(additional, Map.of("X-A", "a\r\nX-B: b"), "cannot be sent"),
        arguments(additional, Map.of("X-A", "a\nb"), "cannot be sent"),
        arguments(additional, Map.of("X-A", "a\u0000"), "cannot be sent"),
        arguments(additional, Map.of("X-A", "\u20ac"), "cannot be sent"),
        arguments(additional, Map.of("X A", "a"), "cannot be sent"),
        arguments(additional, Map.of("X\r\nY", "a"), "cannot be sent"),
        arguments(additional, Map.of("", "a"), "cannot be sent"),
        arguments(additional, Map.of("Authorization", "Bearer x"), "cannot be set by a message"),
        arguments(additional, Map.of("hOST", "x"), "cannot be set by a message"),
        arguments(additional, Map.of("Cookie", "x"), "cannot be set by a message"),
        arguments(additional, Map.of("Content-Length", "1"), "cannot be set by a message"),
        arguments(additional, Map.of("transfer-encoding", "x"), "cannot be set by a message"),
        arguments(HolySheepConstants.BASE_URL, "http://127.0.0.1:1", "'allowConnectionHeaders'"),
        arguments(HolySheepConstants.API_KEY, "sk-other", "'allowConnectionHeaders'"));
  }

  @ParameterizedTest
  @MethodSource("headers")
  void headerThatMakesNoRequestIsRejected(String header, Object value, String sentence) {
    HolySheepException failure = failure(ask("&model=m", "Hi", Map.of(header, value)));
    assertThat(failure)
        .isInstanceOf(RequestRejectedException.class)
        .hasMessageContaining(sentence)
        .hasMessageNotContaining("sk-other")
        .hasMessageNotContaining("\n");
    assertNothingSent(failure);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tools=%5B%7B", "jsonSchema=no", "toolChoice=%7B"})
  void optionThatIsNoJsonIsRejected(String option) {
    HolySheepException failure = failure(ask("&model=m&" + option, "Hi", Map.of()));
    assertThat(failure).isInstanceOf(RequestRejectedException.class).hasMessageContaining("JSON");
    assertNothingSent(failure);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "firstTokenTimeout=-1",
        "idleTimeout=-1",
        "requestTimeout=-1",
        "maxLineBytes=0",
        "maxEventBytes=-5",
        "maxResponseBytes=0",
        "additionalHeader.Content-Length=5",
        "additionalHeader.transfer-encoding=chunked"
      })
  void optionThatCanNeverWorkFailsWhenTheProducerStarts(String option) {
    String name = option.replaceAll("[.=].*", "");
    assertThatThrownBy(
            () ->
                template.sendBody(
                    "holysheep:chat?model=m&apiKey=k&maxReconnects=0&baseUrl="
                        + server.baseUrl()
                        + "&"
                        + option,
                    "Hi"))
        .rootCause()
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + name + "'");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void resourceThatDoesNotExistFailsWhenTheProducerStarts() {
    assertThatThrownBy(
            () ->
                template.sendBody(
                    "holysheep:chat?model=m&apiKey=k&tools=resource:classpath:none.json", "Hi"))
        .hasStackTraceContaining("none.json");
    assertThat(server.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "api.holysheep.ai/v1",
        "ftp://host/v1",
        "http:///v1",
        "http://ho st/v1",
        "http://user:secret@host/v1",
        "http://host/v1?key=secret",
        "http://host/v1#secret"
      })
  void addressThatIsNoneFailsWhenTheProducerStarts(String baseUrl) {
    assertThatThrownBy(
            () ->
                template.sendBody(
                    "holysheep:chat?model=m&apiKey=k&maxReconnects=0&baseUrl=RAW(" + baseUrl + ")",
                    "Hi"))
        .hasStackTraceContaining("RequestRejectedException: The option 'baseUrl'");
    HolySheepException failure =
        failure(
            ask(
                "&model=m&allowConnectionHeaders=true",
                "Hi",
                Map.of(HolySheepConstants.BASE_URL, baseUrl)));
    assertThat(failure)
        .isInstanceOf(RequestRejectedException.class)
        .hasMessageContaining("CamelHolySheepBaseUrl")
        .hasMessageContaining("http://")
        .hasMessageNotContaining("secret");
    assertNothingSent(failure);
  }

  @Test
  void unknownHostIsNamed() {
    HolySheepException failure =
        failure(
            template.request(
                "holysheep:chat?model=m&apiKey=k&maxReconnects=0&baseUrl=http://holysheep-test.invalid/v1",
                hi()));
    assertThat(failure)
        .isInstanceOf(TransportFailedException.class)
        .hasMessageContaining("holysheep-test.invalid")
        .hasMessageContaining("'baseUrl'");
    assertNothingSent(failure);
  }

  @Test
  void refusedConnectionIsNamed() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    HolySheepException failure =
        failure(
            template.request(
                "holysheep:chat?model=m&apiKey=k&maxReconnects=0&baseUrl=http://127.0.0.1:" + port,
                hi()));
    assertThat(failure)
        .isInstanceOf(TransportFailedException.class)
        .hasMessageContaining("127.0.0.1:" + port)
        .hasMessageContaining("refused");
    assertNothingSent(failure);
  }

  @Test
  void callThatFindsNoPlaceNamesTheOptions() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    ScriptedServer slow = new ScriptedServer(peer -> peer.head().token("Hi").await(gate).finish());
    String uri =
        "narrow:chat?model=m&apiKey=k&stream=true&maxReconnects=0&baseUrl=" + slow.baseUrl();
    try (slow;
        ChatStream first = template.request(uri, hi()).getMessage().getBody(ChatStream.class)) {
      assertThat(first.hasNext()).isTrue();
      HolySheepException failure = failure(template.request(uri, hi()));
      assertThat(failure)
          .isInstanceOf(DeadlineExceededException.class)
          .hasMessageContaining("'maxConcurrentStreams'")
          .hasMessageContaining("'connectionRequestTimeout'");
      assertThat(((DeadlineExceededException) failure).getDeadline()).isEqualTo(Deadline.PLACE);
      assertThat(failure.getProgress()).isEqualTo(Progress.NOT_SENT);
      assertThat(slow.requests()).hasSize(1);
      gate.countDown();
    }
  }

  private Exchange ask(String options, Object body, Map<String, Object> headers) {
    return template.request(
        "holysheep:chat?apiKey=" + KEY + "&maxReconnects=0&baseUrl=" + server.baseUrl() + options,
        exchange -> {
          exchange.getMessage().setBody(body);
          exchange.getMessage().setHeaders(new HashMap<>(headers));
        });
  }

  private static org.apache.camel.Processor hi() {
    return exchange -> exchange.getMessage().setBody("Hi");
  }

  private void assertNothingSent(HolySheepException failure) {
    assertThat(failure.getProgress()).isEqualTo(Progress.NOT_SENT);
    assertThat(failure.getStatus()).isZero();
    assertThat(failure).hasMessageNotContaining(KEY);
    assertThat(server.requests()).isEmpty();
  }

  private static HolySheepException failure(Exchange exchange) {
    assertThat(exchange.getException()).isInstanceOf(HolySheepException.class);
    return (HolySheepException) exchange.getException();
  }
}
