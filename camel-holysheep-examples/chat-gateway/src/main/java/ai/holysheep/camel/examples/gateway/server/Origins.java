package ai.holysheep.camel.examples.gateway.server;

import ai.holysheep.camel.examples.gateway.requests.RefusedException;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.CorsHandler;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets pages of the gateway itself and of one origin elsewhere ask, and clients that are no
 * browsers; refuses pages of all other origins, also their WebSockets, to which browsers apply no
 * rule of their own.
 */
final class Origins implements Handler<RoutingContext> {

  private static final int MANY_HOURS = 24 * 60 * 60;

  private final @Nullable String allowed;
  private final @Nullable CorsHandler elsewhere;

  Origins(@Nullable String allowed) {
    this.allowed = allowed;
    this.elsewhere = allowed == null ? null : elsewhere(allowed);
  }

  private static CorsHandler elsewhere(String origin) {
    return CorsHandler.create()
        .addOrigin(origin)
        .allowedMethods(
            Set.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.DELETE, HttpMethod.OPTIONS))
        .allowedHeaders(Set.of("Content-Type", "Authorization", "Last-Event-ID"))
        .exposedHeaders(Set.of("Answer-Id", "Retry-After", "x-vercel-ai-ui-message-stream"))
        .maxAgeSeconds(MANY_HOURS);
  }

  @Override
  public void handle(RoutingContext request) {
    String origin = request.request().getHeader("Origin");
    if (origin == null || isOwn(origin, request.request())) {
      request.next();
    } else if (elsewhere != null && origin.equals(allowed)) {
      elsewhere.handle(request);
    } else {
      GatewayServer.reply(request, RefusedException.foreignOrigin().reply());
    }
  }

  /** A proxy before the gateway may speak TLS, so the scheme is not compared. */
  private static boolean isOwn(String origin, HttpServerRequest request) {
    try {
      String authority = URI.create(origin).getRawAuthority();
      return authority != null && authority.equalsIgnoreCase(String.valueOf(request.authority()));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
