package ai.holysheep.camel.examples.brokers;

import jakarta.jms.ConnectionFactory;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** Artemis in this process, on a free port of 127.0.0.1. Keeps messages in memory. */
public final class JmsBroker implements AutoCloseable {

  private static final String ACCEPTOR = "tcp";

  private final EmbeddedActiveMQ server = new EmbeddedActiveMQ();
  private final String address;

  /** Starts it; returns when it can be used. */
  public JmsBroker() throws Exception {
    Configuration configuration = new ConfigurationImpl();
    configuration.setPersistenceEnabled(false);
    configuration.setSecurityEnabled(false);
    configuration.addAcceptorConfiguration(ACCEPTOR, "tcp://127.0.0.1:0");
    server.setConfiguration(configuration);
    server.start();
    int port =
        server.getActiveMQServer().getRemotingService().getAcceptor(ACCEPTOR).getActualPort();
    address = "tcp://127.0.0.1:" + port;
  }

  /** The address, for clients. */
  public String address() {
    return address;
  }

  /** What clients connect with. */
  public ConnectionFactory connections() {
    return new ActiveMQConnectionFactory(address);
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("Artemis cannot be stopped", e);
    }
  }
}
