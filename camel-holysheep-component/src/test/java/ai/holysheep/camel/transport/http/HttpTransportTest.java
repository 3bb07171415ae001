package ai.holysheep.camel.transport.http;

import org.junit.jupiter.api.Nested;

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
