package ai.holysheep.camel.limits;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.testing.ScriptedServer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A route that is slow with the parts of a pushed stream slows the server. */
@Timeout(60)
class SlowTargetTest extends CamelTestSupport {

  private static final int PARTS = 40_000;
  private static final String PART = "x".repeat(1000);

  /** What the buffers of two sockets and of the client may take, and less than the answer. */
  private static final long MOST_UNDER_WAY = 16L * 1024 * 1024;

  @Test
  void serverCannotSendFarAheadOfASlowTarget() throws Exception {
    AtomicLong sent = new AtomicLong();
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    try (ScriptedServer server = new ScriptedServer(peer -> sendAll(peer, sent))) {
      RouteBuilder.addRoutes(
          context,
          rb -> {
            rb.from("direct:ask")
                .to(
                    "holysheep:chat?model=m&maxKeptCharacters=50000000&streamTo=direct:slow&baseUrl="
                        + server.baseUrl());
            rb.from("direct:slow")
                .process(
                    part -> {
                      reached.countDown();
                      assertThat(gate.await(30, TimeUnit.SECONDS)).isTrue();
                    });
          });
      CompletableFuture<String> answer =
          template.asyncRequestBody("direct:ask", "Hi", String.class);
      assertThat(reached.await(30, TimeUnit.SECONDS)).isTrue();
      long whileNobodyTakes = whenItStands(sent);
      assertThat(whileNobodyTakes).isBetween(1L, MOST_UNDER_WAY);
      gate.countDown();
      assertThat(answer.get(40, TimeUnit.SECONDS)).hasSize(PARTS * PART.length());
    }
  }

  private static void sendAll(ScriptedServer.Peer peer, AtomicLong sent) throws Exception {
    peer.head();
    for (int i = 0; i < PARTS; i++) {
      peer.token(PART);
      sent.addAndGet(PART.length());
    }
    peer.finish();
  }

  /** What was sent when for some time nothing more could be. */
  private static long whenItStands(AtomicLong sent) {
    long known = -1;
    long since = System.nanoTime();
    while (System.nanoTime() - since < TimeUnit.MILLISECONDS.toNanos(500)) {
      if (sent.get() != known) {
        known = sent.get();
        since = System.nanoTime();
      }
      Thread.onSpinWait();
    }
    return known;
  }
}
