package ai.holysheep.camel.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.testing.ScriptedServer;
import ai.holysheep.camel.transport.Attempt;
import ai.holysheep.camel.transport.Call;
import ai.holysheep.camel.transport.Timers;
import ai.holysheep.camel.transport.Transport;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Connections that nobody uses are closed by this side, without a thread of their own. */
abstract class IdleContract extends TransportContract {

  IdleContract(Maker maker) {
    super(maker);
  }

  @Test
  void idleConnectionIsClosed() throws Exception {
    try (ScriptedServer server = new ScriptedServer(IdleContract::answer);
        Transport idle = transport(Duration.ofMillis(1), realTimers())) {
      call(idle, server);
      assertThat(server.peer(0).isClosedByClient()).isTrue();
    }
  }

  @Test
  void connectionThatIsReadIsNotIdleHoweverLongItTakes() throws Exception {
    CountDownLatch otherIsGone = new CountDownLatch(1);
    try (ScriptedServer slow =
            new ScriptedServer(peer -> peer.head().event("a").await(otherIsGone).done());
        ScriptedServer other = new ScriptedServer(IdleContract::answer);
        Transport idle = transport(Duration.ofMillis(1), realTimers())) {
      var reading = attempt(idle, slow).send();
      assertThat(reading.next()).isNotNull();
      call(idle, other);
      assertThat(other.peer(0).isClosedByClient()).isTrue();
      otherIsGone.countDown();
      assertThat(reading.next()).isNotNull();
      assertThat(reading.next()).isNull();
    }
  }

  @Test
  void nothingIsTimedWhileNoConnectionIsIdle() throws Exception {
    try (ScriptedServer server = new ScriptedServer(IdleContract::answer);
        Transport idle = transport(Duration.ZERO, timers)) {
      assertThat(timers.waitingCount()).isZero();
      call(idle, server);
      call(idle, server);
      assertThat(timers.waitingCount()).as("one look at all of them").isOne();
      timers.advance(Duration.ofSeconds(1));
      assertThat(server.peer(0).isClosedByClient()).isTrue();
      assertThat(timers.waitingCount()).isZero();
    }
  }

  private static void answer(ScriptedServer.Peer peer) throws Exception {
    peer.document(200, "text/plain", "Hi");
  }

  private static void call(Transport transport, ScriptedServer server) throws Exception {
    Attempt attempt = attempt(transport, server);
    attempt.send().document();
    attempt.release();
  }

  private static Attempt attempt(Transport transport, ScriptedServer server) {
    return transport.attempt(new Call(URI.create(server.baseUrl()), Map.of(), null, LIMITS));
  }

  private Transport transport(Duration keepIdle, Timers clock) {
    Duration patience = Duration.ofSeconds(10);
    return transport(new HttpSettings(10, patience, patience, keepIdle, null, null), clock);
  }
}
