package ai.holysheep.camel.simulator;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.http.impl.WebSocketInternal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Speaks in agent sessions as the API's documentation says. */
final class AgentClient implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final HttpClient http = vertx.createHttpClient();
  private final WebSocketClient sockets = vertx.createWebSocketClient();
  private final BlockingQueue<JsonObject> frames = new LinkedBlockingQueue<>();
  private final BlockingQueue<Buffer> binaries = new LinkedBlockingQueue<>();
  private final BlockingQueue<Buffer> pongs = new LinkedBlockingQueue<>();
  private final List<Integer> frameSizes = new CopyOnWriteArrayList<>();
  private final String baseUrl;
  private CompletableFuture<Integer> closed = new CompletableFuture<>();
  private WebSocket socket;

  AgentClient(Simulator simulator) {
    baseUrl = simulator.baseUrl();
  }

  record Reply(int status, MultiMap headers, String body) {

    String socket() {
      return headers.get("Sec-WebSocket-URL");
    }
  }

  /** The body of a request that asks for a socket. */
  static JsonObject request(String prompt) {
    JsonObject function = new JsonObject().put("name", "weather");
    return new JsonObject()
        .put("model", "deepseek-v3.2")
        .put("stream", true)
        .put("agent_mode", true)
        .put("tools", new JsonArray().add(new JsonObject().put("function", function)))
        .put("messages", new JsonArray().add(message("user", prompt)));
  }

  static JsonObject message(String role, String content) {
    return new JsonObject().put("role", role).put("content", content);
  }

  /** The reply to the request that asks for a socket. */
  Reply ask(String prompt) {
    return ask(request(prompt));
  }

  Reply ask(JsonObject body) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(baseUrl + "/chat/completions")
            .putHeader("Authorization", "Bearer key")
            .putHeader("Content-Type", "application/json")
            .putHeader("Connection", "Upgrade")
            .putHeader("Upgrade", "websocket");
    return await(
        onLoop(
            () -> http.request(options).compose(to -> to.send(body.encode())).compose(this::read)));
  }

  /** On another thread, what comes before somebody listens would be lost. */
  private <T> Future<T> onLoop(Supplier<Future<T>> action) {
    Promise<T> done = Promise.promise();
    context.runOnContext(turn -> action.get().onComplete(done));
    return done.future();
  }

  private Future<Reply> read(HttpClientResponse reply) {
    return reply
        .body()
        .map(text -> new Reply(reply.statusCode(), reply.headers(), text.toString()));
  }

  /** Opens the socket that the reply to a prompt names. */
  AgentClient open(String prompt) {
    return open(request(prompt));
  }

  AgentClient open(JsonObject body) {
    return openAt(ask(body).socket());
  }

  /** Opens the socket that begins without a request. */
  AgentClient openDirectly() {
    return openAt(baseUrl.replace("http://", "ws://") + "/ws");
  }

  AgentClient openAt(String url) {
    return openAt(url, "key");
  }

  AgentClient openAt(String url, String key) {
    WebSocketConnectOptions options =
        new WebSocketConnectOptions()
            .setAbsoluteURI(url)
            .addHeader("Authorization", "Bearer " + key);
    closed = new CompletableFuture<>();
    socket = await(onLoop(() -> sockets.connect(options).map(this::listen)));
    return this;
  }

  private WebSocket listen(WebSocket opened) {
    CompletableFuture<Integer> end = closed;
    opened.textMessageHandler(text -> frames.add(new JsonObject(text)));
    opened.binaryMessageHandler(binaries::add);
    opened.pongHandler(pongs::add);
    opened.frameHandler(frame -> frameSizes.add(frame.binaryData().length()));
    // That the connection breaks is told by the end as well.
    opened.exceptionHandler(failure -> {});
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

  void sayBinary() {
    await(socket.writeBinaryMessage(Buffer.buffer("{}")));
  }

  void ping(String text) {
    await(socket.writePing(Buffer.buffer(text)));
  }

  JsonObject next() throws InterruptedException {
    return next(frames);
  }

  String nextPong() throws InterruptedException {
    return next(pongs).toString();
  }

  Buffer nextBinary() throws InterruptedException {
    return next(binaries);
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T first = queue.poll(10, TimeUnit.SECONDS);
    if (first == null) {
      throw new AssertionError("nothing came");
    }
    return first;
  }

  /** What has come and was not asked for yet. */
  int waiting() {
    return frames.size() + pongs.size();
  }

  /** How many bytes each frame had that has come so far. */
  List<Integer> frameSizes() {
    return frameSizes;
  }

  void stopReading() {
    socket.pause();
  }

  /** Closes the connection without a close frame. */
  void leave() {
    ((WebSocketInternal) socket).channelHandlerContext().close();
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
