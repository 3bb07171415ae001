package ai.holysheep.camel.examples.servers;

import org.apache.camel.CamelContext;

class PlatformHttpTest extends HttpServerContract {

  @Override
  void addServer(CamelContext context) throws Exception {
    Contexts.addPlatformHttp(context, port);
    context.addRoutes(new PlatformHttpRoute());
  }
}
