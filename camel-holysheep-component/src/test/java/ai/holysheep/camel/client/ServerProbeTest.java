package ai.holysheep.camel.client;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.testing.Clients;
import ai.holysheep.camel.testing.FakeTransport;
import ai.holysheep.camel.testing.FakeTransport.Outcome;
import ai.holysheep.camel.testing.FakeTransport.Script;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Looks at a server, on a clock that the test moves. */
class ServerProbeTest extends CallTestSupport {

  @Test
  void lookIsNotRepeatedWhileItIsFresh() {
    script(new Script().head(200, "application/json").bytes("{}"));
    ServerProbe probe = client.probe(settings(NO_DEADLINES, false), true);
    probe.look();
    assertThat(Objects.requireNonNull(probe.look()).failure()).isNull();
    timers.advance(ServerProbe.FRESH.minusNanos(1));
    ServerLook look = Objects.requireNonNull(probe.look());
    assertThat(probe.age(look)).isEqualTo(ServerProbe.FRESH.minusNanos(1));
    assertThat(transport.attemptCount()).isOne();
    assertThat(transport.attempted(0).outcome()).isEqualTo(Outcome.ABORTED);
  }

  @Test
  void oldLookIsToldWhileThereIsAnother() {
    script(new Script().head(200, "application/json").bytes("{}"));
    transport.then(new Script().head(503, "application/json").bytes("{}"));
    ServerProbe probe = client.probe(settings(NO_DEADLINES, false), true);
    probe.look();
    timers.advance(ServerProbe.FRESH);
    assertThat(Objects.requireNonNull(probe.look()).status()).isEqualTo(200);
    assertThat(Objects.requireNonNull(probe.look()).status()).isEqualTo(503);
    assertThat(transport.attemptCount()).isEqualTo(2);
  }

  @Test
  void silenceIsAFailure() {
    transport = new FakeTransport(new Script().silence());
    client = Clients.client(transport, timers);
    ServerProbe probe = client.probe(settings(NO_DEADLINES, false), false);
    assertThat(probe.look()).isNull();
    timers.advance(ServerProbe.PATIENCE.minus(Duration.ofMillis(1)));
    assertThat(probe.look()).isNull();
    timers.advance(Duration.ofMillis(1));
    assertThat(Objects.requireNonNull(probe.look()).failure())
        .contains("http://test/v1/models")
        .contains("5 s");
    assertThat(transport.attempted(0).outcome()).isEqualTo(Outcome.ABORTED);
    assertThat(timers.waitingCount()).isZero();
  }
}
