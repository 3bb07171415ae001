package ai.holysheep.camel.simulator;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Speaks in agent sessions as the API's documentation says. */
final class AgentClient implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient http = vertx.createHttpClient();
  private final WebSocketClient sockets = vertx.createWebSocketClient();
  private final BlockingQueue<JsonObject> frames = new LinkedBlockingQueue<>();
  private final String baseUrl;
  private CompletableFuture<Integer> closed = new CompletableFuture<>();
  private WebSocket socket;

  AgentClient(Simulator simulator) {
    baseUrl = simulator.baseUrl();
  }

  record Reply(int status, String socket, String body) {}

  /** The reply to the request that asks for a socket. */
  Reply ask(String prompt) {
    JsonObject function = new JsonObject().put("name", "weather");
    JsonObject body =
        new JsonObject()
            .put("model", "deepseek-v3.2")
            .put("stream", true)
            .put("agent_mode", true)
            .put("tools", new JsonArray().add(new JsonObject().put("function", function)))
            .put(
                "messages",
                new JsonArray().add(new JsonObject().put("role", "user").put("content", prompt)));
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(baseUrl + "/chat/completions")
            .putHeader("Authorization", "Bearer key")
            .putHeader("Content-Type", "application/json")
            .putHeader("Connection", "Upgrade")
            .putHeader("Upgrade", "websocket");
    return await(
        http.request(options)
            .compose(request -> request.send(body.encode()))
            .compose(
                reply ->
                    reply
                        .body()
                        .map(
                            text ->
                                new Reply(
                                    reply.statusCode(),
                                    reply.getHeader("Sec-WebSocket-URL"),
                                    text.toString()))));
  }

  /** Opens the socket that the reply to a prompt names. */
  AgentClient open(String prompt) {
    return openAt(ask(prompt).socket());
  }

  AgentClient openAt(String url) {
    WebSocketConnectOptions options =
        new WebSocketConnectOptions().setAbsoluteURI(url).addHeader("Authorization", "Bearer key");
    closed = new CompletableFuture<>();
    socket = await(sockets.connect(options).map(this::listen));
    return this;
  }

  private WebSocket listen(WebSocket opened) {
    CompletableFuture<Integer> end = closed;
    opened.textMessageHandler(text -> frames.add(new JsonObject(text)));
    opened.closeHandler(
        nothing -> {
          Short code = opened.closeStatusCode();
          end.complete(code == null ? 1006 : code.intValue());
        });
    return opened;
  }

  void say(String type, JsonObject payload) {
    JsonObject frame =
        new JsonObject().put("type", type).put("payload", payload).put("timestamp", 7);
    await(socket.writeTextMessage(frame.encode()));
  }

  void sayText(String text) {
    await(socket.writeTextMessage(text));
  }

  JsonObject next() throws InterruptedException {
    JsonObject frame = frames.poll(10, TimeUnit.SECONDS);
    if (frame == null) {
      throw new AssertionError("nothing came");
    }
    return frame;
  }

  /** All up to and with a frame of this type. */
  List<JsonObject> until(String type) throws InterruptedException {
    List<JsonObject> all = new ArrayList<>();
    do {
      all.add(next());
    } while (!all.get(all.size() - 1).getString("type").equals(type));
    return all;
  }

  /** The code with which the server closes the socket. */
  int closeCode() throws Exception {
    return closed.get(10, TimeUnit.SECONDS);
  }

  static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    await(vertx.close());
  }
}
