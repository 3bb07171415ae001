package ai.holysheep.camel.examples.gateway.routes;

import static org.apache.camel.component.vertx.websocket.VertxWebsocketConstants.CONNECTION_KEY;
import static org.apache.camel.component.vertx.websocket.VertxWebsocketConstants.EVENT;

import ai.holysheep.camel.examples.gateway.server.SharedSockets;
import io.vertx.core.http.ServerWebSocket;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.vertx.websocket.VertxWebsocketEvent;

/** Answers for pages over WebSockets, and what pages say meanwhile. */
public final class SocketRoutes extends RouteBuilder {

  private final SharedSockets sockets;
  private final SocketTalk talk;

  public SocketRoutes(SharedSockets sockets, SocketTalk talk) {
    this.sockets = sockets;
    this.talk = talk;
  }

  @Override
  public void configure() {
    // begin: gateway-socket
    from("vertx-websocket:/api/socket?fireWebSocketConnectionEvents=true")
        .routeId("socket")
        .choice()
        .when(header(EVENT).isEqualTo(VertxWebsocketEvent.MESSAGE))
        .process(this::said)
        .when(header(EVENT).isEqualTo(VertxWebsocketEvent.CLOSE))
        .process(closed -> talk.over(key(closed)))
        .end();
    // end: gateway-socket
  }

  private void said(Exchange exchange) {
    ServerWebSocket socket = sockets.peer(key(exchange));
    if (socket != null) {
      talk.said(key(exchange), socket, exchange.getMessage().getBody(String.class));
    }
  }

  private static String key(Exchange exchange) {
    return exchange.getMessage().getHeader(CONNECTION_KEY, String.class);
  }
}
