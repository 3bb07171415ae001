package ai.holysheep.camel.examples.forwarding;

import static org.apache.camel.component.vertx.websocket.VertxWebsocketConstants.CONNECTION_KEY;
import static org.apache.camel.component.vertx.websocket.VertxWebsocketConstants.EVENT;

import ai.holysheep.camel.HolySheepConstants;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.vertx.websocket.VertxWebsocketEvent;

/** Browsers ask through a WebSocket, and get each token in a frame. */
final class SocketRoutes extends RouteBuilder {

  private final Readers readers = new Readers();

  @Override
  public void configure() {
    // begin: push-websocket
    from("vertx-websocket:127.0.0.1:{{port}}/chat"
            + "?fireWebSocketConnectionEvents=true&allowedOriginPattern={{origin}}")
        .choice()
        .when(header(EVENT).isEqualTo(VertxWebsocketEvent.OPEN))
        .process(opened -> readers.came(browser(opened.getMessage())))
        .when(header(EVENT).isEqualTo(VertxWebsocketEvent.MESSAGE))
        .to("holysheep:chat?model={{model}}&bodyFormat=json&streamTo=direct:frames")
        .when(header(EVENT).isEqualTo(VertxWebsocketEvent.CLOSE))
        .setBody(closed -> readers.left(browser(closed.getMessage())))
        .split(body())
        .to("holysheep:cancel");

    from("direct:frames")
        .process(
            part -> {
              Message message = part.getMessage();
              String stream = message.getHeader(HolySheepConstants.STREAM_ID, String.class);
              readers.reads(browser(message), stream);
            })
        .to("vertx-websocket:127.0.0.1:{{port}}/chat");
    // end: push-websocket
  }

  private static String browser(Message message) {
    return message.getHeader(CONNECTION_KEY, String.class);
  }
}
