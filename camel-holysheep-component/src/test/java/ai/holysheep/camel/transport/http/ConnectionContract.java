package ai.holysheep.camel.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.testing.ScriptedServer;
import ai.holysheep.camel.transport.Attempt;
import ai.holysheep.camel.transport.Transport;
import ai.holysheep.camel.transport.TransportFault;
import ai.holysheep.camel.transport.TransportFault.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What becomes of a connection, and how many there may be. */
abstract class ConnectionContract extends TransportContract {

  ConnectionContract(Maker maker) {
    super(maker);
  }

  @Test
  void releasedConnectionIsUsedAgain() throws Exception {
    ScriptedServer server = server(peer -> peer.head().event("[DONE]").end());
    for (int i = 0; i < 3; i++) {
      Attempt attempt = attempt(server);
      assertNext(attempt.send(), "[DONE]");
      attempt.release();
      attempt.release();
      attempt.abort();
    }
    assertThat(server.connectionCount()).isOne();
    assertThat(timers.waitingCount()).as("the look at idle connections").isOne();
  }

  @Test
  void replyWithoutBodyGivesItsConnectionBack() throws Exception {
    ScriptedServer server = server(peer -> peer.bytes("HTTP/1.1 204 No Content\r\n\r\n"));
    for (int i = 0; i < 3; i++) {
      Attempt attempt = attempt(server);
      assertThat(attempt.send().document()).isEmpty();
      attempt.release();
    }
    assertThat(server.connectionCount()).isOne();
  }

  @Test
  void releaseClosesTheConnectionOfAReplyThatDoesNotEnd() throws Exception {
    ScriptedServer server = server(peer -> peer.head().event("[DONE]").silence());
    Attempt attempt = attempt(server);
    assertNext(attempt.send(), "[DONE]");
    CompletableFuture<Void> released = CompletableFuture.runAsync(attempt::release);
    while (timers.waitingCount() == 0) {
      Thread.onSpinWait();
    }
    assertThat(released).isNotDone();
    timers.advance(Duration.ofMillis(100));
    released.get(10, TimeUnit.SECONDS);
    assertThat(server.peer(0).isClosedByClient()).isTrue();
    assertThat(timers.waitingCount()).isZero();
  }

  @Test
  void releaseClosesTheConnectionOfAReplyThatGoesOnAndOn() throws Exception {
    ScriptedServer server = server(peer -> peer.head().event("[DONE]").tokensForEver());
    Attempt attempt = attempt(server);
    assertNext(attempt.send(), "[DONE]");
    attempt.release();
    assertThat(server.peer(0).isClosedByClient()).isTrue();
    assertThat(timers.waitingCount()).isZero();
  }

  @Test
  void connectionThatTheServerClosedMeanwhileIsNotUsed() throws Exception {
    for (String connection : List.of("X-Connection: kept", "Connection: keep-alive")) {
      CountDownLatch closed = new CountDownLatch(1);
      ScriptedServer server =
          server(
              peer -> {
                peer.document(200, "text/plain", "first", connection).endOutput();
                closed.countDown();
                peer.silence();
              },
              peer -> peer.document(200, "text/plain", "second"));
      Attempt first = attempt(server);
      first.send().document();
      first.release();
      assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
      awaitNotice(server);
      timers.advance(QuietConnection.RECENTLY);
      assertThat(new String(send(server).document(), StandardCharsets.UTF_8)).isEqualTo("second");
      assertThat(server.connectionCount()).isEqualTo(2);
    }
  }

  /** A transport that looks at a connection before it uses it again need not notice before. */
  void awaitNotice(ScriptedServer server) throws Exception {}

  @Test
  void placesAreLimitedAndGivenBack() throws Exception {
    transport = patientFor(300, 2);
    ScriptedServer server = server(peer -> peer.head().silence());
    Attempt first = attempt(server);
    first.send();
    send(server);
    assertFault(Kind.NO_PLACE, attempt(server)::send);
    first.abort();
    send(server);
    assertFault(Kind.NO_PLACE, attempt(server)::send);
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void withoutATimeoutAPlaceIsWaitedFor() throws Exception {
    transport = transport(1, 10_000, 0, null);
    ScriptedServer server = server(peer -> peer.head().silence());
    Attempt first = attempt(server);
    first.send();
    CompletableFuture<Thread> sender = new CompletableFuture<>();
    CompletableFuture<Integer> second =
        CompletableFuture.supplyAsync(
            () -> {
              sender.complete(Thread.currentThread());
              try {
                return send(server).status();
              } catch (TransportFault e) {
                throw new IllegalStateException(e);
              }
            });
    untilWaiting(sender.get(), second);
    first.abort();
    assertThat(second.get(10, TimeUnit.SECONDS)).isEqualTo(200);
  }

  @Test
  void placesAreLimitedOverAllHosts() throws Exception {
    transport = patientFor(300, 1);
    send(server(peer -> peer.head().silence()));
    assertFault(Kind.NO_PLACE, attempt(server(peer -> peer.head().silence()))::send);
  }

  private Transport patientFor(int placeMillis, int places) {
    Duration patience = Duration.ofSeconds(10);
    return transport(
        new HttpSettings(
            places, patience, Duration.ofMillis(placeMillis), Duration.ofMinutes(1), null, null),
        realTimers());
  }
}
