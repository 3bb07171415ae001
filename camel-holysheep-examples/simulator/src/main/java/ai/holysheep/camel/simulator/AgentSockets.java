package ai.holysheep.camel.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
  private final Map<ServerWebSocket, Context> open = new ConcurrentHashMap<>();

  /** A socket that opens after this was set has to be told by itself. */
  private volatile boolean closing;

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
    Context context = vertx.getOrCreateContext();
    open.put(socket, context);
    traffic.socketOpened();
    session.listen(socket);
    socket.closeHandler(
        closed -> {
          open.remove(socket);
          traffic.socketClosed();
          session.gone();
        });
    if (closing) {
      tellGoingAway(socket);
    }
  }

  /** Tells all clients that the simulator goes away. Does not wait until they have heard it. */
  Future<Void> close() {
    closing = true;
    List<Future<Void>> told = new ArrayList<>();
    for (Map.Entry<ServerWebSocket, Context> each : open.entrySet()) {
      if (open.remove(each.getKey(), each.getValue())) {
        told.add(close(each.getKey(), each.getValue()));
      }
    }
    return Future.join(told).mapEmpty();
  }

  private static Future<Void> close(ServerWebSocket socket, Context context) {
    Promise<Void> told = Promise.promise();
    // On no other thread: what is written there must not find the socket closed in between.
    context.runOnContext(
        turn -> {
          tellGoingAway(socket);
          told.complete();
        });
    return told.future();
  }

  private static void tellGoingAway(ServerWebSocket socket) {
    if (!socket.isClosed()) {
      socket.close(GOING_AWAY, "The simulator stops.");
    }
  }
}
