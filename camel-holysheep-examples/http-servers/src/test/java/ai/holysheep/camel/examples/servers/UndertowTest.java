package ai.holysheep.camel.examples.servers;

import org.apache.camel.CamelContext;

class UndertowTest extends HttpServerContract {

  @Override
  void addServer(CamelContext context) throws Exception {
    context.getPropertiesComponent().addInitialProperty("undertow.port", String.valueOf(port));
    context.addRoutes(new AskingRoute());
    context.addRoutes(new UndertowRoute());
  }
}
