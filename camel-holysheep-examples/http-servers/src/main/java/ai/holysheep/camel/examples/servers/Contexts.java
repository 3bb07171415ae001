package ai.holysheep.camel.examples.servers;

import ai.holysheep.camel.HolySheepComponent;
import ai.holysheep.camel.HolySheepConfiguration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.impl.DefaultCamelContext;

/** Camel contexts that are ready for the routes here. */
final class Contexts {

  private Contexts() {}

  /** A context that asks one model server. Whoever gets it starts and closes it. */
  static DefaultCamelContext asking(String baseUrl) {
    DefaultCamelContext context = new DefaultCamelContext();
    HolySheepConfiguration configuration =
        context.getComponent("holysheep", HolySheepComponent.class).getConfiguration();
    configuration.setBaseUrl(baseUrl);
    configuration.setApiKey("any-key");
    return context;
  }

  /** Adds the server that {@code platform-http} needs; it starts and stops with the context. */
  static void addPlatformHttp(CamelContext context, int port) throws Exception {
    VertxPlatformHttpServerConfiguration configuration = new VertxPlatformHttpServerConfiguration();
    configuration.setBindHost("127.0.0.1");
    configuration.setBindPort(port);
    context.addService(new VertxPlatformHttpServer(configuration));
  }

  /** A port of 127.0.0.1 that is free now. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
