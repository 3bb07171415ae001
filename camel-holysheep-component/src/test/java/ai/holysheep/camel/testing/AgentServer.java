package ai.holysheep.camel.testing;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.http.impl.WebSocketInternal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server of agent sessions whose model is a script, the same over a socket and over event
 * streams. Over a socket it knows the conversation by itself; over event streams it is told.
 */
public final class AgentServer implements AutoCloseable {

  /** What the model says to a conversation. Runs again when tools have answered. */
  public interface Script {
    void answer(List<JsonObject> messages, Speaker speaker);
  }

  /** Says it. */
  public interface Speaker {

    void token(String text);

    void toolCall(String id, String name, String arguments);

    /** A message of another kind; nothing over event streams, which know none. */
    void other(String json);

    /** The answer is whole. Without it, the model is silent until it is interrupted. */
    void end();

    /** Breaks the connection off. */
    void breakOff();

    /** Closes a socket with this code; breaks off an event stream. */
    void close(int code);
  }

  private final Vertx vertx = Vertx.vertx();
  private final HttpServer http;
  private final Script script;
  private final boolean offersSocket;
  private final AtomicInteger sessions = new AtomicInteger();
  private final List<JsonObject> requests = new CopyOnWriteArrayList<>();
  private final List<JsonArray> offered = new CopyOnWriteArrayList<>();
  private final BlockingQueue<JsonObject> frames = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
  private final List<String> authorizations = new CopyOnWriteArrayList<>();
  private final List<String> socketHeaders = new CopyOnWriteArrayList<>();
  private final Set<ServerWebSocket> sockets = ConcurrentHashMap.newKeySet();
  private volatile String socketAddress = "/v1/agent/";
  private volatile int status = 200;
  private volatile CompletableFuture<Void> held = CompletableFuture.completedFuture(null);
  private final Semaphore asked = new Semaphore(0);
  private final Semaphore pings = new Semaphore(0);

  public AgentServer(boolean offersSocket, Script script) {
    this.offersSocket = offersSocket;
    this.script = script;
    this.http =
        vertx
            .createHttpServer()
            .requestHandler(this::handle)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  public String baseUrl() {
    return "http://127.0.0.1:" + http.actualPort() + "/v1";
  }

  public int port() {
    return http.actualPort();
  }

  /** The bodies of all requests for answers, in order. */
  public List<JsonObject> requests() {
    return requests;
  }

  /** The keys that came with requests and with sockets. */
  public List<String> authorizations() {
    return authorizations;
  }

  /** The next event that a client sends over a socket. */
  public JsonObject nextFrame() throws InterruptedException {
    JsonObject frame = frames.poll(10, TimeUnit.SECONDS);
    if (frame == null) {
      throw new AssertionError("no event came over the socket");
    }
    return frame;
  }

  /** How the next socket or event stream ended. */
  public String nextEnd() throws InterruptedException {
    String end = ends.poll(10, TimeUnit.SECONDS);
    if (end == null) {
      throw new AssertionError("nothing has ended");
    }
    return end;
  }

  public int openSockets() {
    return sockets.size();
  }

  public int sessionCount() {
    return sessions.get();
  }

  /** Keeps the replies to requests back until the result is completed. */
  public CompletableFuture<Void> holdReplies() {
    CompletableFuture<Void> hold = new CompletableFuture<>();
    held = hold;
    return hold;
  }

  /** Waits until so many pings have come. */
  public void awaitPings(int count) throws InterruptedException {
    if (!pings.tryAcquire(count, 10, TimeUnit.SECONDS)) {
      throw new AssertionError(pings.availablePermits() + " pings came");
    }
  }

  /** Waits until a request has come. */
  public void awaitRequest() throws InterruptedException {
    if (!asked.tryAcquire(10, TimeUnit.SECONDS)) {
      throw new AssertionError("no request came");
    }
  }

  /** The headers and the path with which sockets were opened. */
  public List<String> socketHeaders() {
    return socketHeaders;
  }

  /** What the reply to the next request names as its socket. */
  public void name(String address) {
    socketAddress = address;
  }

  /** With what the next requests are refused. */
  public void refuseWith(int refusal) {
    status = refusal;
  }

  /** Says something over all sockets. */
  public void say(String text) {
    sockets.forEach(socket -> socket.writeTextMessage(text));
  }

  private void handle(HttpServerRequest request) {
    if (request.path().startsWith("/v1/agent/") || request.path().equals("/v1/ws")) {
      request.headers().forEach((name, value) -> socketHeaders.add(name + ": " + value));
      socketHeaders.add("path: " + request.uri());
      authorizations.add(String.valueOf(request.getHeader("Authorization")));
      request.toWebSocket().onSuccess(socket -> open(socket, request.path()));
      return;
    }
    authorizations.add(String.valueOf(request.getHeader("Authorization")));
    request.bodyHandler(
        body -> {
          asked.release();
          held.thenRun(() -> vertx.runOnContext(nothing -> answer(request, body)));
        });
  }

  private void answer(HttpServerRequest request, Buffer body) {
    JsonObject asked = body.toJsonObject();
    requests.add(asked);
    HttpServerResponse response = request.response();
    if (status != 200) {
      response.setStatusCode(status).end("{\"error\":{\"message\":\"refused by the test\"}}");
      return;
    }
    boolean wanted = "websocket".equals(request.getHeader("Upgrade"));
    if (offersSocket && wanted && Boolean.TRUE.equals(asked.getBoolean("agent_mode"))) {
      offered.add(asked.getJsonArray("messages"));
      response
          .putHeader("Sec-WebSocket-URL", socketAddress + offered.size())
          .putHeader("x-request-id", "req-" + requests.size())
          .end();
      return;
    }
    response.putHeader("Content-Type", "text/event-stream").setChunked(true);
    EventStreamSpeaker speaker = new EventStreamSpeaker(response);
    response.closeHandler(nothing -> ends.add("stream closed"));
    script.answer(messages(asked.getJsonArray("messages")), speaker);
    speaker.endOfScript();
  }

  private void open(ServerWebSocket socket, String path) {
    sessions.incrementAndGet();
    sockets.add(socket);
    SocketSpeaker speaker = new SocketSpeaker(socket);
    socket.closeHandler(
        nothing -> {
          sockets.remove(socket);
          ends.add("socket closed with " + socket.closeStatusCode());
        });
    socket.textMessageHandler(text -> speaker.hear(new JsonObject(text)));
    socket.frameHandler(
        frame -> {
          if (frame.isPing()) {
            pings.release();
          }
        });
    if (!path.equals("/v1/ws")) {
      int number = Integer.parseInt(path.substring(path.lastIndexOf('/') + 1));
      speaker.messages.addAll(messages(offered.get(number - 1)));
      speaker.answer();
    }
  }

  private static List<JsonObject> messages(JsonArray array) {
    List<JsonObject> messages = new CopyOnWriteArrayList<>();
    array.forEach(message -> messages.add((JsonObject) message));
    return messages;
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  /** Over the socket, results and interruptions are heard while the model speaks. */
  private final class SocketSpeaker implements Speaker {

    private final ServerWebSocket socket;
    private final List<JsonObject> messages = new CopyOnWriteArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private int openCalls;
    private int tokens;
    private boolean speaking;

    SocketSpeaker(ServerWebSocket socket) {
      this.socket = socket;
    }

    void answer() {
      speaking = true;
      text.setLength(0);
      script.answer(messages, this);
    }

    void hear(JsonObject frame) {
      frames.add(frame);
      JsonObject payload = frame.getJsonObject("payload");
      switch (frame.getString("type")) {
        case "user_input" -> {
          if (payload.containsKey("messages")) {
            messages.clear();
            messages.addAll(AgentServer.messages(payload.getJsonArray("messages")));
          } else {
            messages.add(message("user", payload.getString("content")));
          }
          tokens = 0;
          answer();
        }
        case "tool_result" -> {
          messages.add(
              message("tool", payload.getString("result"))
                  .put("tool_call_id", payload.getString("tool_call_id")));
          openCalls--;
          if (openCalls == 0) {
            answer();
          }
        }
        case "context_update" -> messages.add(message("system", payload.getString("content")));
        case "interrupt" -> {
          if (speaking) {
            finish("interrupted");
          }
        }
        default -> say("{\"type\":\"ack\",\"received\":\"" + frame.getString("type") + "\"}");
      }
    }

    private void send(JsonObject frame) {
      socket.writeTextMessage(frame.encode());
    }

    @Override
    public void token(String token) {
      tokens++;
      text.append(token);
      send(new JsonObject().put("type", "token").put("content", token));
    }

    @Override
    public void toolCall(String id, String name, String arguments) {
      openCalls++;
      send(
          new JsonObject()
              .put("type", "tool_call")
              .put("id", id)
              .put("name", name)
              .put("arguments", arguments));
    }

    @Override
    public void other(String json) {
      socket.writeTextMessage(json);
    }

    @Override
    public void end() {
      finish("stop");
    }

    private void finish(String reason) {
      speaking = false;
      messages.add(message("assistant", text.toString()));
      send(
          new JsonObject()
              .put("type", "usage")
              .put("usage", new JsonObject().put("completion_tokens", tokens)));
      send(new JsonObject().put("type", "done").put("finish_reason", reason));
    }

    @Override
    public void breakOff() {
      socket.writeFrame(WebSocketFrame.textFrame("{\"type\":\"tok", false));
      vertx.runOnContext(nothing -> ((WebSocketInternal) socket).channelHandlerContext().close());
    }

    @Override
    public void close(int code) {
      socket.close((short) code, "the test");
    }
  }

  /** An event stream ends with the calls of tools. */
  private static final class EventStreamSpeaker implements Speaker {

    private final HttpServerResponse response;
    private int calls;
    private int tokens;

    EventStreamSpeaker(HttpServerResponse response) {
      this.response = response;
    }

    private void send(JsonObject choice) {
      JsonObject chunk = new JsonObject().put("choices", new JsonArray().add(choice));
      response.write("data: " + chunk.encode() + "\n\n");
    }

    @Override
    public void token(String token) {
      tokens++;
      send(new JsonObject().put("delta", new JsonObject().put("content", token)));
    }

    @Override
    public void toolCall(String id, String name, String arguments) {
      JsonObject function = new JsonObject().put("name", name).put("arguments", arguments);
      JsonObject call =
          new JsonObject().put("index", calls++).put("id", id).put("function", function);
      send(
          new JsonObject()
              .put("delta", new JsonObject().put("tool_calls", new JsonArray().add(call))));
    }

    @Override
    public void other(String json) {
      // An event stream has chunks alone.
    }

    void endOfScript() {
      if (calls > 0) {
        finish("tool_calls");
      }
    }

    @Override
    public void end() {
      finish("stop");
    }

    private void finish(String reason) {
      send(new JsonObject().put("delta", new JsonObject()).put("finish_reason", reason));
      JsonObject usage = new JsonObject().put("completion_tokens", tokens);
      JsonObject last = new JsonObject().put("choices", new JsonArray()).put("usage", usage);
      response.write("data: " + last.encode() + "\n\n");
      response.end("data: [DONE]\n\n");
    }

    @Override
    public void breakOff() {
      response.reset();
    }

    @Override
    public void close(int code) {
      response.reset();
    }
  }

  private static JsonObject message(String role, String content) {
    return new JsonObject().put("role", role).put("content", content);
  }
}
