package ai.holysheep.camel.examples.servers;

import org.apache.camel.CamelContext;

class JettyTest extends HttpServerContract {

  @Override
  void addServer(CamelContext context) throws Exception {
    context.getPropertiesComponent().addInitialProperty("jetty.port", String.valueOf(port));
    context.addRoutes(new AskingRoute());
    context.addRoutes(new JettyRoute());
  }
}
