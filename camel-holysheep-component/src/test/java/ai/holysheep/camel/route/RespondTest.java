package ai.holysheep.camel.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.holysheep.camel.error.CallCancelledException;
import ai.holysheep.camel.error.StreamTruncatedException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** HTTP requests that are answered piece by piece. */
@Timeout(60)
class RespondTest extends StreamRouteTestSupport {

  private final CountDownLatch gate = new CountDownLatch(1);
  private final HttpClient http = HttpClient.newHttpClient();
  private int port;

  @Override
  protected CamelContext createCamelContext() throws Exception {
    CamelContext context = super.createCamelContext();
    VertxPlatformHttpServerConfiguration configuration = new VertxPlatformHttpServerConfiguration();
    port = freePort();
    configuration.setBindHost("127.0.0.1");
    configuration.setBindPort(port);
    context.addService(new VertxPlatformHttpServer(configuration));
    return context;
  }

  @Test
  void eachTokenReachesTheClientBeforeTheNextOneHasCome() throws Exception {
    server.then(peer -> peer.head().token("Hel").await(gate).token("lo").finish());
    answer("streamFormat=sse");
    HttpResponse<InputStream> reply = ask();
    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(reply.headers().firstValue("Content-Type")).contains("text/event-stream");
    assertThat(reply.headers().firstValue("Cache-Control")).contains("no-cache");
    byte[] first = new byte[4096];
    int count = reply.body().read(first);
    assertThat(new String(first, 0, count, StandardCharsets.UTF_8))
        .contains("\"content\":\"Hel\"")
        .doesNotContain("\"content\":\"lo\"");
    gate.countDown();
    assertThat(text(reply)).contains("\"content\":\"lo\"").contains("\"type\":\"usage\"");
  }

  @Test
  void headIsWrittenBeforeTheFirstToken() throws Exception {
    server.then(peer -> peer.head().await(gate).token("Hello").finish());
    answer("streamFormat=text");
    HttpResponse<InputStream> reply = ask();
    assertThat(reply.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
    gate.countDown();
    assertThat(text(reply)).isEqualTo("Hello");
  }

  @Test
  void headersOfTheRouteAreWrittenAsTheServerWouldWriteThem() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    routes(
        rb ->
            rb.from("platform-http:/chat")
                .setBody(rb.constant("Hi"))
                .to(askAgain(0, "streamFormat=sse"))
                .setHeader("X-Shop", rb.constant("north"))
                .to("holysheep:respond"));
    HttpResponse<InputStream> reply = ask();
    assertThat(reply.headers().firstValue("X-Shop")).contains("north");
    assertThat(reply.headers().map().keySet())
        .noneMatch(name -> name.toLowerCase().startsWith("camel"));
    text(reply);
  }

  @Test
  void clientThatGoesAwayEndsTheCallToTheModel() throws Exception {
    CompletableFuture<Exception> failure = new CompletableFuture<>();
    server.then(StreamRouteTestSupport::endless);
    routes(
        rb ->
            rb.from("platform-http:/chat")
                .onException(CallCancelledException.class)
                .process(
                    exchange ->
                        failure.complete(
                            exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class)))
                .handled(true)
                .end()
                .setBody(rb.constant("Hi"))
                .to(askAgain(0, "streamFormat=sse"))
                .to("holysheep:respond"));
    HttpResponse<InputStream> reply = ask();
    reply.body().read();
    reply.body().close();
    assertThat(server.peer(0).isClosedByClient()).isTrue();
    assertThat(await(failure)).hasMessageContaining("The HTTP client went away");
  }

  @Test
  void clientThatGoesAwayWhileTheModelIsSilentEndsTheCallToo() throws Exception {
    server.then(peer -> peer.head().token("Hel").silence());
    answer("streamFormat=sse");
    HttpResponse<InputStream> reply = ask();
    reply.body().read();
    reply.body().close();
    assertThat(server.peer(0).isClosedByClient()).isTrue();
  }

  @Test
  void failureInTheMiddleIsToldInTheFormat() throws Exception {
    server.then(peer -> peer.head().token("Hel").reset());
    answer("streamFormat=sse");
    assertThat(text(ask())).contains("\"content\":\"Hel\"").contains("\"type\":\"error\"");
  }

  @Test
  void failureThatTheFormatCannotTellBreaksTheReplyOff() throws Exception {
    CompletableFuture<Exception> failure = new CompletableFuture<>();
    server.then(peer -> peer.head().token("Hel").end());
    routes(
        rb ->
            rb.from("platform-http:/chat")
                .onException(Exception.class)
                .process(
                    exchange ->
                        failure.complete(
                            exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class)))
                .handled(true)
                .end()
                .setBody(rb.constant("Hi"))
                .to(askAgain(0))
                .to("holysheep:respond"));
    HttpResponse<InputStream> reply = ask();
    assertThatThrownBy(() -> text(reply)).isInstanceOf(IOException.class);
    assertThat(await(failure)).hasCauseInstanceOf(StreamTruncatedException.class);
  }

  @Test
  void refusalIsAnsweredByTheServerAsAnyFailure() throws Exception {
    server.then(peer -> peer.document(401, "application/json", "{}"));
    answer("streamFormat=sse");
    assertThat(ask().statusCode()).isEqualTo(500);
  }

  @Test
  void routeWithoutARequestIsToldWhatToDo() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    routes(rb -> rb.from("direct:ask").to(askAgain(0)).to("holysheep:respond"));
    assertThatThrownBy(() -> template.requestBody("direct:ask", "Hi"))
        .hasStackTraceContaining("camel-platform-http-vertx")
        .hasStackTraceContaining("For other servers");
  }

  private void answer(String option) throws Exception {
    routes(
        rb ->
            rb.from("platform-http:/chat")
                .setBody(rb.constant("Hi"))
                .to(askAgain(0, option))
                .to("holysheep:respond"));
  }

  private HttpResponse<InputStream> ask() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/chat")).build();
    return http.send(request, HttpResponse.BodyHandlers.ofInputStream());
  }

  private static String text(HttpResponse<InputStream> reply) throws IOException {
    return new String(reply.body().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
