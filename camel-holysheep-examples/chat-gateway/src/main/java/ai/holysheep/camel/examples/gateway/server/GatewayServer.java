package ai.holysheep.camel.examples.gateway.server;

import ai.holysheep.camel.examples.gateway.requests.ErrorReply;
import ai.holysheep.camel.examples.gateway.requests.RefusedException;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Objects;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Camel's platform-http on Vert.x, with what comes before any route: the page's files, and a look
 * at where a request comes from. Starts and stops with the context.
 */
public final class GatewayServer extends VertxPlatformHttpServer {

  private static final String CALLS = "/(api|v1)/.*";
  private static final int TOO_LARGE = 413;

  private final String host;
  private final int configuredPort;
  private final Origins origins;

  /**
   * @param host the address to listen at
   * @param port 0 for any that is free
   * @param mostBytes how long a request's body may be
   * @param allowedOrigin the origin of pages elsewhere that may use the gateway; null for none
   */
  public GatewayServer(String host, int port, long mostBytes, @Nullable String allowedOrigin) {
    super(configuration(host, port, mostBytes));
    this.host = host;
    configuredPort = port;
    origins = new Origins(allowedOrigin);
  }

  private static VertxPlatformHttpServerConfiguration configuration(
      String host, int port, long mostBytes) {
    VertxPlatformHttpServerConfiguration configuration = new VertxPlatformHttpServerConfiguration();
    configuration.setBindHost(host);
    configuration.setBindPort(port);
    configuration.setMaxBodySize(mostBytes);
    return configuration;
  }

  /** Camel would log that the port cannot be had, and go on without a server. */
  @Override
  protected void startServer() throws Exception {
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(host, configuredPort));
    } catch (IOException e) {
      throw new IllegalStateException(
          "The gateway cannot listen at %s:%d: %s. Choose another port."
              .formatted(host, configuredPort, e.getMessage()));
    }
    super.startServer();
  }

  @Override
  protected void initializeServer() {
    super.initializeServer();
    String name = VertxPlatformHttpRouter.getRouterNameFromPort(configuredPort);
    Router router =
        Objects.requireNonNull(VertxPlatformHttpRouter.lookup(getCamelContext(), name), name);
    router.routeWithRegex(CALLS).handler(origins);
    router.routeWithRegex(CALLS).failureHandler(GatewayServer::failed);
    new PageFiles().mount(router);
  }

  /** What a route did not answer itself. */
  private static void failed(RoutingContext request) {
    if (request.response().headWritten()) {
      request.response().reset();
    } else if (request.statusCode() == TOO_LARGE) {
      reply(request, RefusedException.tooLarge().reply());
    } else {
      request.next();
    }
  }

  /** Answers with an error as all of the gateway's look. */
  static void reply(RoutingContext request, ErrorReply error) {
    request
        .response()
        .setStatusCode(error.status())
        .putHeader("Content-Type", "application/json")
        .end(error.json());
  }
}
