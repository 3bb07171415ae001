package ai.holysheep.camel.security;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.HolySheepConstants;
import ai.holysheep.camel.error.RequestRejectedException;
import ai.holysheep.camel.testing.Chunks;
import ai.holysheep.camel.testing.ScriptedServer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a message can decide about a request, and what it cannot. */
class MessageHeadersTest extends SafetyTestSupport {

  private static final String ADDITIONAL = HolySheepConstants.ADDITIONAL_HEADERS;

  private final ScriptedServer server = server(SafetyTestSupport::hello);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CamelHolySheepBaseUrl",
        "camelholysheepbaseurl",
        "CAMELHOLYSHEEPBASEURL",
        "cAmElHolySheepBaseUrl",
        "CamelHolySheepApiKey",
        "camelholysheepapikey",
        "cAmElHolySheepApiKey"
      })
  void connectionHeaderIsRefusedInEverySpellingAndTakenFromTheMessage(String name) {
    ScriptedServer other = server(SafetyTestSupport::hello);
    for (CamelContext camel : List.of(context, caseSensitive())) {
      Exchange exchange = asked(camel, Map.of(name, other.baseUrl()), "false");
      assertThat(failure(exchange, RequestRejectedException.class))
          .hasMessageContaining("'allowConnectionHeaders'")
          .hasMessageNotContaining(other.baseUrl());
      assertThat(exchange.getMessage().getHeaders()).doesNotContainKey(name);
    }
    assertThat(other.connectionCount()).isZero();
    assertThat(server.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"CamelHolySheepApiKey", "camelholysheepapikey", "cAmElHolySheepApiKey"})
  void keyOfATrustedMessageIsUsedInEverySpellingAndTakenFromTheMessage(String name) {
    for (CamelContext camel : List.of(context, caseSensitive())) {
      Exchange exchange = asked(camel, Map.of(name, "sk-tenant"), "true");
      assertHello(exchange);
      assertThat(exchange.getMessage().getHeaders()).doesNotContainKey(name);
    }
    assertThat(server.requests())
        .hasSize(2)
        .allSatisfy(
            request ->
                assertThat(request.headers()).containsEntry("authorization", "Bearer sk-tenant"));
  }

  @Test
  void twoSpellingsOfOneHeaderAreRefused() {
    Map<String, Object> both =
        Map.of("CamelHolySheepApiKey", "sk-tenant", "camelholysheepapikey", "sk-other");
    assertThat(failure(asked(caseSensitive(), both, "true"), RequestRejectedException.class))
        .hasMessageContaining("more than once")
        .hasMessageNotContaining("sk-tenant")
        .hasMessageNotContaining("sk-other");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void whereHeadersAreCaseSensitiveOtherSpellingsOfParametersAreNotRead() {
    Exchange exchange = asked(caseSensitive(), Map.of("camelholysheepmodel", "other"), "false");
    assertHello(exchange);
    assertThat(server.requests().get(0).body()).contains("\"model\":\"test-model\"");
  }

  static Stream<Arguments> badHeaders() {
    return Stream.concat(
        Stream.of(
                "a\rb",
                "a\nb",
                "a\r\nX-Y: z",
                "a\r\n b",
                "a\u0000b",
                "a\u0085b",
                "a\u2028b",
                "a\u2029b",
                "a\u560D\u560Ab",
                "a\u007Fb",
                "\u0100")
            .map(value -> Arguments.of("X-A", value)),
        Stream.of(
                "",
                " ",
                "X A",
                "X-A:",
                "X:A",
                "X-A\r\nX-B",
                "X-A\n",
                "X-A\t",
                "X\u0000A",
                "(X)",
                "X/A",
                "X\u00e9",
                "X,A",
                "\"X\"")
            .map(name -> Arguments.of(name, "v")));
  }

  @ParameterizedTest
  @MethodSource("badHeaders")
  void headerThatWouldBeMoreThanOneIsRefused(String name, String value) {
    Map<String, Object> headers = Map.of(ADDITIONAL, Map.of(name, value));
    assertThat(failure(ask(server.baseUrl(), headers), RequestRejectedException.class))
        .hasMessageContaining("cannot be sent")
        .hasMessageNotContaining("\n")
        .hasMessageNotContaining("\r");
    assertThat(server.connectionCount()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host",
        "hOST",
        "Authorization",
        "authorization",
        "Proxy-Authorization",
        "Proxy-Connection",
        "proxy-foo",
        "Cookie",
        "Api-Key",
        "X-API-KEY",
        "Connection",
        "Keep-Alive",
        "TE",
        "Trailer",
        "Transfer-Encoding",
        "Upgrade",
        "HTTP2-Settings",
        "Content-Length",
        "Content-Type",
        "Content-Encoding",
        "Accept-Encoding",
        "Expect"
      })
  void headerThatDecidesWhereAndWhoseARequestIsCannotBeSetByAMessage(String name) {
    for (Object value : new Object[] {"x", null}) {
      Map<String, Object> additional = new LinkedHashMap<>();
      additional.put(name, value);
      assertThat(
              failure(
                  ask(server.baseUrl(), Map.of(ADDITIONAL, additional)),
                  RequestRejectedException.class))
          .hasMessageContaining("cannot be set by a message");
    }
    assertThat(server.connectionCount()).isZero();
  }

  @Test
  void modelIsAFieldOfTheBodyWhateverItHolds() {
    String model = "../../admin?x=1#y\r\nHost: evil\u2028\u0000\"}";
    assertHello(ask(server.baseUrl(), Map.of(HolySheepConstants.MODEL, model)));
    ScriptedServer.Request request = server.requests().get(0);
    assertThat(request.line()).isEqualTo("POST /v1/chat/completions HTTP/1.1");
    assertThat(request.headers())
        .containsEntry("host", server.baseUrl().substring(7, server.baseUrl().length() - 3));
    assertThat(request.body()).contains("../../admin?x=1#y\\r\\nHost: evil").contains("\\\"}");
  }

  @Test
  void headersOfTheReplyNeverBecomeHeadersOfTheMessage() {
    String[] sent = {
      "CamelFileName: ../../etc/passwd",
      "CamelHttpUri: http://evil.example",
      "CamelHolySheepBaseUrl: http://evil.example",
      "camelholysheepapikey: sk-evil",
      "X-Anything: x",
      "Set-Cookie: a=b",
      "x-request-id: req-1",
      "breadcrumbId: x"
    };
    server.then(
        peer -> peer.document(200, "application/json", Chunks.completion("Hello"), sent),
        peer ->
            peer.head(
                    200,
                    Stream.concat(Stream.of("Content-Type: text/event-stream"), Stream.of(sent))
                        .toArray(String[]::new))
                .token("Hel")
                .token("lo")
                .finish());
    Set<String> documented = new TreeSet<>(HeaderNamesTest.names().toList());
    documented.removeAll(Set.of(HolySheepConstants.BASE_URL, HolySheepConstants.API_KEY));
    for (String stream : List.of("stream=false", "stream=true")) {
      Exchange exchange = ask(server.baseUrl(), Map.of("own", "1"), stream);
      assertHello(exchange);
      assertThat(exchange.getMessage().getHeaders().keySet())
          .allSatisfy(name -> assertThat(name.equals("own") || documented.contains(name)).isTrue());
    }
  }

  @Test
  void propertyThatHoldsAnHttpHeaderIsReadButIsNotInTheAddress() {
    context.getPropertiesComponent().addInitialProperty("the.secret", "s3cret-value");
    String uri =
        endpoint(
            "holysheep",
            server.baseUrl(),
            "apiKey=#property:the.secret",
            "additionalHeader.X-Api-Key=#property:the.secret");
    assertHello(send(uri, Map.of()));
    assertThat(server.requests().get(0).headers())
        .containsEntry("authorization", "Bearer s3cret-value")
        .containsEntry("x-api-key", "s3cret-value");
    assertThat(context.getEndpoints().toString() + context.getEndpointRegistry().keySet())
        .contains("holysheep:")
        .doesNotContain("s3cret-value");
  }

  /** Sends through a context of its own kind, as a route of it would. */
  private Exchange asked(CamelContext camel, Map<String, Object> headers, String allow) {
    Exchange exchange = new DefaultExchange(camel);
    exchange.getMessage().setBody("Hi");
    headers.forEach(exchange.getMessage()::setHeader);
    String uri =
        endpoint("holysheep", server.baseUrl(), "apiKey=" + KEY, "allowConnectionHeaders=" + allow);
    return camel.createProducerTemplate().send(uri, exchange);
  }

  private CamelContext caseSensitive() {
    DefaultCamelContext camel = new DefaultCamelContext();
    camel.setCaseInsensitiveHeaders(false);
    camel.start();
    return opened(camel);
  }
}
