package ai.holysheep.camel.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.testing.ScriptedServer;
import ai.holysheep.camel.transport.Attempt;
import ai.holysheep.camel.transport.TransportFault.Kind;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The blocking transport keeps what all transports promise. */
class HttpTransportTest {

  private static final TransportContract.Maker MAKER = HttpTransport::new;

  @Nested
  class Faults extends FaultContract {
    Faults() {
      super(MAKER);
    }
  }

  @Nested
  class Bodies extends BodyContract {
    Bodies() {
      super(MAKER);
    }
  }

  @Nested
  class Aborts extends AbortContract {
    Aborts() {
      super(MAKER);
    }
  }

  @Nested
  class Connections extends ConnectionContract {
    Connections() {
      super(MAKER);
    }
  }

  @Nested
  class RecentConnections extends TransportContract {
    RecentConnections() {
      super(MAKER);
    }

    @Test
    void connectionThatWasUsedAMomentAgoIsNotLookedAt() throws Exception {
      CountDownLatch closed = new CountDownLatch(1);
      ScriptedServer server =
          server(
              peer -> {
                peer.document(200, "text/plain", "first").close();
                closed.countDown();
              },
              peer -> peer.document(200, "text/plain", "second"));
      Attempt first = attempt(server);
      first.send().document();
      first.release();
      assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
      timers.advance(QuietConnection.RECENTLY.minusNanos(1));
      assertFault(Kind.BROKEN, attempt(server)::send);
      assertThat(send(server).document()).asString(StandardCharsets.UTF_8).isEqualTo("second");
    }
  }

  @Nested
  class Tls extends TlsContract {
    Tls() {
      super(MAKER);
    }
  }

  @Nested
  class Leftovers extends LeftoverContract {
    Leftovers() {
      super(MAKER);
    }
  }

  @Nested
  class Idle extends IdleContract {
    Idle() {
      super(MAKER);
    }
  }

  @Nested
  class Proxy extends ProxyContract {
    Proxy() {
      super(MAKER);
    }
  }
}
