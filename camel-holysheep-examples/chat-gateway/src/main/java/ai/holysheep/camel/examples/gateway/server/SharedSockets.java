package ai.holysheep.camel.examples.gateway.server;

import io.vertx.core.http.ServerWebSocket;
import java.util.Objects;
import org.apache.camel.component.vertx.websocket.VertxWebsocketComponent;
import org.apache.camel.component.vertx.websocket.VertxWebsocketHost;
import org.apache.camel.component.vertx.websocket.VertxWebsocketHostConfiguration;
import org.apache.camel.component.vertx.websocket.VertxWebsocketHostKey;
import org.apache.camel.component.vertx.websocket.VertxWebsocketPeer;
import org.jspecify.annotations.Nullable;

/**
 * {@code vertx-websocket} on the server of {@code platform-http}: the component takes its router
 * out of the registry, and would open a port of its own for it, where a page could not reach it
 * without leaving its origin.
 */
public final class SharedSockets extends VertxWebsocketComponent {

  /** The socket of a connection; null where it is closed. */
  public @Nullable ServerWebSocket peer(String connectionKey) {
    return getVertxHostRegistry().values().stream()
        .map(host -> host.getConnectedPeer(connectionKey))
        .filter(Objects::nonNull)
        .map(VertxWebsocketPeer::getWebSocket)
        .findFirst()
        .orElse(null);
  }

  @Override
  protected VertxWebsocketHost createVertxWebsocketHost(
      VertxWebsocketHostConfiguration configuration, VertxWebsocketHostKey key) {
    return new VertxWebsocketHost(getCamelContext(), configuration, key) {
      @Override
      public void start() {
        // The router is served already.
      }
    };
  }
}
