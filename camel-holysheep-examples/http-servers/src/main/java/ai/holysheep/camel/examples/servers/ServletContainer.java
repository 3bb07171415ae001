package ai.holysheep.camel.examples.servers;

import org.apache.camel.component.servlet.CamelHttpTransportServlet;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;

/** A servlet container with Camel's servlet, on 127.0.0.1. Who starts it closes it. */
final class ServletContainer implements AutoCloseable {

  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);

  /** Listens on a port, 0 for a free one; throws where it cannot. */
  ServletContainer(int port) throws Exception {
    connector.setHost("127.0.0.1");
    connector.setPort(port);
    server.addConnector(connector);
    ServletContextHandler application = new ServletContextHandler();
    // The name is the one that endpoints look for.
    ServletHolder servlet = new ServletHolder("CamelServlet", new CamelHttpTransportServlet());
    servlet.setInitOrder(1);
    application.addServlet(servlet, "/*");
    server.setHandler(application);
    server.start();
  }

  /** The port that it listens on. */
  int port() {
    return connector.getLocalPort();
  }

  @Override
  public void close() {
    LifeCycle.stop(server);
  }
}
