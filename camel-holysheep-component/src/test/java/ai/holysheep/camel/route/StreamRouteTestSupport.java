package ai.holysheep.camel.route;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.HolySheepConstants;
import ai.holysheep.camel.convert.ChatStream;
import ai.holysheep.camel.testing.ScriptedServer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.Builder;
import org.apache.camel.builder.LambdaRouteBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.ValueBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.AfterEach;

/**
 * A Camel context and a server whose every byte the test decides. Each test adds its own routes;
 * parts are collected by {@code mock:parts}.
 */
abstract class StreamRouteTestSupport extends CamelTestSupport {

  final ScriptedServer server = new ScriptedServer();

  @AfterEach
  void closeServer() throws Exception {
    server.close();
  }

  /** The endpoint that asks once, with further options. */
  String ask(String... options) {
    return askAgain(0, options);
  }

  /** The endpoint that asks again without waiting, with further options. */
  String askAgain(int maxReconnects, String... options) {
    String more = options.length == 0 ? "" : "&" + String.join("&", options);
    return "holysheep:chat?model=test-model&stream=true&apiKey=key-1&reconnectDelay=0&maxReconnects="
        + maxReconnects
        + "&baseUrl="
        + server.baseUrl()
        + more;
  }

  static ValueBuilder body() {
    return Builder.body();
  }

  void routes(LambdaRouteBuilder routes) throws Exception {
    RouteBuilder.addRoutes(context, routes);
  }

  MockEndpoint parts() {
    return getMockEndpoint("mock:parts");
  }

  /** The bodies of all parts as texts, once they are all there. */
  List<String> texts(int count) {
    return received("mock:parts", count).stream()
        .map(e -> e.getMessage().getBody(String.class))
        .toList();
  }

  /** What a mock has received, once that many have come; a mock's own latch must be set before. */
  List<Exchange> received(String mock, int count) {
    List<Exchange> received = receivedAtLeast(mock, count);
    assertThat(received).as(mock).hasSize(count);
    return received;
  }

  /** The same of a route that goes on, so that more may have come. */
  List<Exchange> receivedAtLeast(String mock, int count) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (getMockEndpoint(mock).getExchanges().size() < count && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    List<Exchange> received = getMockEndpoint(mock).getExchanges();
    assertThat(received).as(mock).hasSizeGreaterThanOrEqualTo(count);
    return received;
  }

  List<Message> messages() {
    return parts().getExchanges().stream().map(Exchange::getMessage).toList();
  }

  /** Asserts that the parts are "Hel", "lo" and the usage, as {@link #hello} sends them. */
  void assertHello() {
    List<String> texts = texts(3);
    assertThat(texts.subList(0, 2)).containsExactly("Hel", "lo");
    assertThat(messages())
        .extracting(part -> part.getHeader(HolySheepConstants.EVENT_TYPE))
        .containsExactly("token", "token", "usage");
    assertThat(messages())
        .extracting(part -> part.getHeader(HolySheepConstants.INDEX))
        .containsExactly(0L, 1L, 2L);
  }

  /** The answer "Hello" in two tokens. */
  static void hello(ScriptedServer.Peer peer) throws Exception {
    peer.head().token("Hel").token("lo").finish();
  }

  /** Tokens until the client goes away. */
  static void endless(ScriptedServer.Peer peer) throws Exception {
    peer.head().tokensForEver();
  }

  /** The stream that a route without a split leaves. */
  ChatStream stream(String... options) throws Exception {
    routes(rb -> rb.from("direct:stream").to(ask(options)));
    return template.requestBody("direct:stream", "Hi", ChatStream.class);
  }

  static void await(CountDownLatch gate) throws InterruptedException {
    assertThat(gate.await(10, TimeUnit.SECONDS)).as("the gate was opened").isTrue();
  }

  static <T> T await(CompletableFuture<T> future) throws Exception {
    return future.get(10, TimeUnit.SECONDS);
  }

  /** The first of an exception's causes that is of this class. */
  static <T extends Throwable> T cause(Throwable failure, Class<T> type) {
    Throwable cause = failure;
    while (cause != null && !type.isInstance(cause)) {
      cause = cause.getCause();
    }
    assertThat(cause).as("a cause of %s", failure).isInstanceOf(type);
    return type.cast(cause);
  }
}
