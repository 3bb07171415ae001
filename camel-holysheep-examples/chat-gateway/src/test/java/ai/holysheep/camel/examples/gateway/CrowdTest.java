package ai.holysheep.camel.examples.gateway;

import static ai.holysheep.camel.examples.gateway.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.examples.gateway.GatewaySettings.Access;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Many clients at once, of which every second one leaves in the middle. */
class CrowdTest {

  private static final int CLIENTS = 500;
  private static final int TOKENS = 50;
  private static final String LAST = "\"index\":" + TOKENS + ",";

  private final AtomicInteger whole = new AtomicInteger();
  private final CountDownLatch over = new CountDownLatch(CLIENTS);

  @Test
  void whoStaysGetsAllAndWhoLeavesCostsNoMore() throws Exception {
    Vertx vertx = Vertx.vertx();
    HttpClient client =
        vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(CLIENTS).setKeepAlive(false));
    try (RunningGateway gateway =
        RunningGateway.start(
            Access.usual(), RunningGateway.limits(CLIENTS, CLIENTS, Duration.ofSeconds(2)), 1)) {
      for (int i = 0; i < CLIENTS; i++) {
        ask(client, URI.create(gateway.url()).getPort(), i % 2 == 0);
      }
      assertThat(over.await(2, TimeUnit.MINUTES)).as("all replies are over").isTrue();
      assertThat(whole).hasValue(CLIENTS / 2);
      until(() -> gateway.takenPlaces() == 0 && gateway.answers() == 0);
      assertThat(gateway.simulator().openStreams()).isZero();
      assertThat(gateway.simulator().cancelledStreams()).isEqualTo(CLIENTS / 2);
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  /** Who leaves asks for an answer that would take minutes. */
  private void ask(HttpClient client, int port, boolean stays) {
    String prompt = stays ? "[[tokens=" + TOKENS + "]]Hello" : "[[tokens=20000]]Hello";
    client
        .request(HttpMethod.POST, port, "127.0.0.1", "/api/stream")
        .compose(
            request ->
                request
                    .putHeader("Content-Type", "application/json")
                    .send(HttpTalk.question(prompt))
                    .compose(
                        reply -> stays ? reply.body().map(this::check) : leave(request, reply)))
        .onComplete(done -> over.countDown());
  }

  private Void check(Buffer body) {
    String events = body.toString();
    if (events.contains(LAST) && events.contains("\"type\":\"usage\"")) {
      whole.incrementAndGet();
    }
    return null;
  }

  private static Future<Void> leave(HttpClientRequest request, HttpClientResponse reply) {
    Promise<Void> left = Promise.promise();
    reply.exceptionHandler(broken -> left.tryComplete());
    reply.handler(firstPiece -> request.reset());
    return left.future();
  }
}
