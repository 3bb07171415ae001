package ai.holysheep.camel.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.testing.ManualTimers;
import ai.holysheep.camel.testing.ScriptedServer;
import ai.holysheep.camel.transport.Attempt;
import ai.holysheep.camel.transport.Call;
import ai.holysheep.camel.transport.Limits;
import ai.holysheep.camel.transport.SystemTimers;
import ai.holysheep.camel.transport.Timers;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;

/** Connections that nobody uses are closed by this side, without a thread of their own. */
class IdleConnectionTest {

  private static final Limits LIMITS = new Limits(1 << 20, 1 << 20, 1 << 20);

  @Test
  void idleConnectionIsClosed() throws Exception {
    ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    try (ScriptedServer server = new ScriptedServer(IdleConnectionTest::answer);
        HttpTransport transport = transport(Duration.ofMillis(1), new SystemTimers(thread))) {
      call(transport, server);
      assertThat(server.peer(0).isClosedByClient()).isTrue();
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  void connectionThatIsReadIsNotIdleHoweverLongItTakes() throws Exception {
    ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    CountDownLatch otherIsGone = new CountDownLatch(1);
    try (ScriptedServer slow =
            new ScriptedServer(peer -> peer.head().event("a").await(otherIsGone).done());
        ScriptedServer other = new ScriptedServer(IdleConnectionTest::answer);
        HttpTransport transport = transport(Duration.ofMillis(1), new SystemTimers(thread))) {
      var reading = attempt(transport, slow).send();
      assertThat(reading.next()).isNotNull();
      call(transport, other);
      assertThat(other.peer(0).isClosedByClient()).isTrue();
      otherIsGone.countDown();
      assertThat(reading.next()).isNotNull();
      assertThat(reading.next()).isNull();
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  void nothingIsTimedWhileNoConnectionIsIdle() throws Exception {
    ManualTimers timers = new ManualTimers();
    try (ScriptedServer server = new ScriptedServer(IdleConnectionTest::answer);
        HttpTransport transport = transport(Duration.ZERO, timers)) {
      assertThat(timers.waitingCount()).isZero();
      call(transport, server);
      call(transport, server);
      assertThat(timers.waitingCount()).as("one look at all of them").isOne();
      timers.advance(Duration.ofSeconds(1));
      assertThat(server.peer(0).isClosedByClient()).isTrue();
      assertThat(timers.waitingCount()).isZero();
    }
  }

  private static void answer(ScriptedServer.Peer peer) throws Exception {
    peer.document(200, "text/plain", "Hi");
  }

  private static void call(HttpTransport transport, ScriptedServer server) throws Exception {
    Attempt attempt = attempt(transport, server);
    attempt.send().document();
    attempt.release();
  }

  private static Attempt attempt(HttpTransport transport, ScriptedServer server) {
    return transport.attempt(new Call(URI.create(server.baseUrl()), Map.of(), null, LIMITS));
  }

  private static HttpTransport transport(Duration keepIdle, Timers timers) {
    Duration patience = Duration.ofSeconds(10);
    return new HttpTransport(
        new HttpSettings(10, patience, patience, keepIdle, null, null), timers);
  }
}
