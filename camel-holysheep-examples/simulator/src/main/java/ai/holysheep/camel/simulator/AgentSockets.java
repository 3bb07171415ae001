package ai.holysheep.camel.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Offers sockets to those who ask for one by a request, and opens them. An offer is good once.
 * Thread-safe.
 */
final class AgentSockets {

  static final String PATH = "/v1/agent/";

  /** Opens a session that begins without a request. */
  static final String DIRECT_PATH = "/v1/ws";

  private static final short GOING_AWAY = 1001;
  private static final int MOST_OFFERS = 10_000;

  private final Vertx vertx;
  private final @Nullable AgentOffer offer;
  private final Traffic traffic;
  private final Set<ServerWebSocket> open = ConcurrentHashMap.newKeySet();
  private final Map<String, ObjectNode> bodies = new ConcurrentHashMap<>();

  /**
   * Opens no socket yet.
   *
   * @param offer how sockets are offered; null if there are none
   */
  AgentSockets(Vertx vertx, @Nullable AgentOffer offer, Traffic traffic) {
    this.vertx = vertx;
    this.offer = offer;
    this.traffic = traffic;
  }

  /** Whether the answer to a request may come over a socket. */
  boolean isOfferedTo(HttpServerRequest http, ChatRequest request, Directives directives) {
    return offer != null && request.agentMode() && isUpgrade(http) && !directives.has("nosocket");
  }

  private static boolean isUpgrade(HttpServerRequest http) {
    return "websocket".equalsIgnoreCase(String.valueOf(http.getHeader("Upgrade")));
  }

  /** Tells where the socket is that the answer to this request comes over. */
  void offer(HttpServerRequest http, ObjectNode body) {
    if (bodies.size() > MOST_OFFERS) {
      bodies.clear();
    }
    String id = traffic.nextId();
    bodies.put(id, body);
    AgentOffer made = Objects.requireNonNull(offer, "only offered where there are sockets");
    http.response().putHeader(made.header(), made.address(host(http), PATH + id)).end();
  }

  private static String host(HttpServerRequest http) {
    return http.authority() == null
        ? ApiServer.HOST + ":" + http.localAddress().port()
        : http.authority().toString();
  }

  /**
   * Opens a socket.
   *
   * @throws ApiError.RefusedException where there is none at this path
   */
  void open(HttpServerRequest http, ChatHandler chat) {
    String path = String.valueOf(http.path());
    if (offer == null || !isUpgrade(http)) {
      throw ApiError.unknownPath("GET", path).refused();
    }
    boolean direct = path.equals(DIRECT_PATH);
    String id = direct ? traffic.nextId() : path.substring(PATH.length());
    ObjectNode body = direct ? AgentFrames.JSON.createObjectNode() : bodies.remove(id);
    if (body == null) {
      throw ApiError.unknownPath("GET", path).refused();
    }
    http.toWebSocket()
        .onSuccess(
            socket -> {
              Conversation said = new Conversation(body);
              AgentSession session =
                  new AgentSession(vertx, id, new AgentSocket(socket), said, chat, traffic);
              serve(socket, session);
              if (!direct) {
                session.begin();
              }
            });
  }

  private void serve(ServerWebSocket socket, AgentSession session) {
    open.add(socket);
    traffic.socketOpened();
    session.listen(socket);
    socket.closeHandler(
        closed -> {
          open.remove(socket);
          traffic.socketClosed();
          session.gone();
        });
  }

  /** Tells all clients that the simulator goes away. Their sockets are closed when it has. */
  Future<Void> close() {
    List<Future<Void>> told =
        open.stream().map(socket -> socket.close(GOING_AWAY, "The simulator stops.")).toList();
    // A socket that is closed by its client at the same time cannot be told.
    return Future.join(told).<Void>mapEmpty().otherwiseEmpty();
  }
}
