package ai.holysheep.camel.examples.servers;

import java.io.InputStream;
import java.net.http.HttpResponse;
import org.apache.camel.CamelContext;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.Test;

/** What holds for {@code platform-http} besides what holds for all servers. */
abstract class PlatformHttpContract extends HttpServerContract {

  private final String routes;

  /**
   * @param routes the resource with the routes; none for those in Java
   */
  PlatformHttpContract(String routes) {
    this.routes = routes;
  }

  @Override
  void addServer(CamelContext context) throws Exception {
    Contexts.addPlatformHttp(context, port);
    if (routes.isEmpty()) {
      context.addRoutes(new AskingRoute());
      context.addRoutes(new PlatformHttpRoute());
    } else {
      PluginHelper.getRoutesLoader(context)
          .loadRoutes(PluginHelper.getResourceLoader(context).resolveResource(routes));
    }
  }

  @Test
  void clientThatGoesAwayWhileTheModelIsSilentEndsTheCall() throws Exception {
    start(
        model -> {
          model.head();
          model.token("one");
          model.silence();
        });
    HttpResponse<InputStream> reply = ask();
    readUntil(reply, "\"content\"");
    reply.body().close();
    model().awaitClosedByClient();
  }
}
