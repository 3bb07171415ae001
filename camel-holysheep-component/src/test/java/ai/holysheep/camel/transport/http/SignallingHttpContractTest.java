package ai.holysheep.camel.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.testing.ScriptedServer;
import org.junit.jupiter.api.Nested;

/** The transport that nobody waits in keeps what all transports promise. */
class SignallingHttpContractTest {

  private static final TransportContract.Maker MAKER =
      (settings, timers) -> new WaitingTransport(new SignallingHttpTransport(settings, timers));

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

    @Override
    void awaitNotice(ScriptedServer server) throws Exception {
      assertThat(server.peer(0).isClosedByClient()).as("noticed by the reactor").isTrue();
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
