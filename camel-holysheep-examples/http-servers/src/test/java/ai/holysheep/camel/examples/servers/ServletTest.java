package ai.holysheep.camel.examples.servers;

import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;

class ServletTest extends HttpServerContract {

  private ServletContainer container;

  @Override
  void addServer(CamelContext context) throws Exception {
    container = new ServletContainer(port);
    context.addRoutes(new AskingRoute());
    context.addRoutes(new ServletRoute());
  }

  @AfterEach
  void stopContainer() {
    container.close();
  }
}
