package ai.holysheep.camel.examples.forwarding;

import jakarta.jms.ConnectionFactory;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.component.jms.JmsComponent;
import org.springframework.jms.connection.CachingConnectionFactory;

/** Artemis in this process, on a free port of 127.0.0.1. Keeps messages in memory. */
final class JmsBroker implements AutoCloseable {

  private static final String ACCEPTOR = "tcp";

  private final EmbeddedActiveMQ server = new EmbeddedActiveMQ();
  private final String address;

  /** Starts it; returns when it can be used. */
  JmsBroker() throws Exception {
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

  /** A component that talks to it. */
  JmsComponent component() {
    ConnectionFactory connections = new ActiveMQConnectionFactory(address);
    return JmsComponent.jmsComponentAutoAcknowledge(new CachingConnectionFactory(connections));
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
