package ai.holysheep.camel.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Offers sockets to those who ask for one by a request, and opens them. An offer is good once.
 * Thread-safe.
 */
final class AgentSockets {

  static final String PATH = "/v1/agent/";

  /** Opens a session that begins without a request. */
  static final String DIRECT_PATH = "/v1/ws";

  private static final int MOST_OFFERS = 10_000;

  private final Vertx vertx;
  private final Traffic traffic;
  private final Map<String, ObjectNode> offers = new ConcurrentHashMap<>();

  AgentSockets(Vertx vertx, Traffic traffic) {
    this.vertx = vertx;
    this.traffic = traffic;
  }

  static boolean isWanted(HttpServerRequest http) {
    return "websocket".equalsIgnoreCase(String.valueOf(http.getHeader("Upgrade")));
  }

  /** Tells where the socket is that the answer to this request comes over. */
  void offer(HttpServerRequest http, ObjectNode body) {
    if (offers.size() > MOST_OFFERS) {
      offers.clear();
    }
    String id = traffic.nextId();
    offers.put(id, body);
    http.response().putHeader("Sec-WebSocket-URL", "ws://" + http.authority() + PATH + id).end();
  }

  /**
   * Opens a socket.
   *
   * @throws ApiError.RefusedException where there is none at this path
   */
  void open(HttpServerRequest http, ChatHandler chat) {
    String path = String.valueOf(http.path());
    boolean direct = path.equals(DIRECT_PATH);
    String id = direct ? traffic.nextId() : path.substring(PATH.length());
    ObjectNode body = direct ? AgentFrames.JSON.createObjectNode() : offers.remove(id);
    if (body == null || !isWanted(http)) {
      throw ApiError.unknownPath(http.method().name(), path).refused();
    }
    http.toWebSocket()
        .onSuccess(
            socket -> {
              traffic.socketOpened();
              AgentSession session = new AgentSession(vertx, id, socket, body, chat, traffic);
              session.listen();
              if (!direct) {
                session.begin();
              }
            });
  }
}
