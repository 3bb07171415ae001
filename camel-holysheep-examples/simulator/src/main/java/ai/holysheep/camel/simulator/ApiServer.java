package ai.holysheep.camel.simulator;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP server on one event loop: takes the body in, lets the key pass, and finds who answers.
 */
final class ApiServer extends AbstractVerticle {

  static final String HOST = "127.0.0.1";
  static final int MAX_BODY_BYTES = 10 * 1024 * 1024;

  private static final String CHAT_PATH = "/v1/chat/completions";
  private static final String MODELS_PATH = "/v1/models";
  private static final int MAX_HEADER_BYTES = 64 * 1024;

  private final int port;
  private final KeyCheck keyCheck;
  private final ChatHandler chat;
  private final Traffic traffic;
  private final IntConsumer listening;

  /**
   * Does not listen yet.
   *
   * @param port the port, or a negative number for a free one that all servers of a deployment
   *     share
   * @param listening is told the port once the server listens
   */
  ApiServer(int port, KeyCheck keyCheck, ChatHandler chat, Traffic traffic, IntConsumer listening) {
    this.port = port;
    this.keyCheck = keyCheck;
    this.chat = chat;
    this.traffic = traffic;
    this.listening = listening;
  }

  @Override
  public void start(Promise<Void> started) {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(HOST)
            .setPort(port)
            // The API is spoken over HTTP/1.1 here; an offer to upgrade is passed over.
            .setHttp2ClearTextEnabled(false)
            .setMaxHeaderSize(MAX_HEADER_BYTES)
            // What is said over a socket may be a whole conversation, as a body may.
            .setMaxWebSocketFrameSize(MAX_BODY_BYTES)
            .setMaxWebSocketMessageSize(MAX_BODY_BYTES)
            .setHandle100ContinueAutomatically(true);
    vertx
        .createHttpServer(options)
        .requestHandler(this::receive)
        .listen()
        .onSuccess(server -> listening.accept(server.actualPort()))
        .<Void>mapEmpty()
        .onComplete(started);
  }

  private void receive(HttpServerRequest http) {
    http.response().putHeader("x-request-id", "req_" + traffic.nextId());
    if (isSocket(http)) {
      // An upgrade cannot wait for the end of a body that it has not.
      answer(http, Buffer.buffer(), false);
      return;
    }
    Buffer body = Buffer.buffer();
    boolean[] tooLarge = {false};
    http.handler(
        bytes -> {
          tooLarge[0] |= body.length() + bytes.length() > MAX_BODY_BYTES;
          // What is beyond the limit is read and forgotten, since a client that is cut off while it
          // still sends would not see the answer.
          if (!tooLarge[0]) {
            body.appendBuffer(bytes);
          }
        });
    http.endHandler(end -> answer(http, body, tooLarge[0]));
  }

  private static boolean isSocket(HttpServerRequest http) {
    String path = String.valueOf(http.path());
    return path.startsWith(AgentSockets.PATH) || path.equals(AgentSockets.DIRECT_PATH);
  }

  private void answer(HttpServerRequest http, Buffer body, boolean tooLarge) {
    traffic.record(recorded(http, body));
    try {
      route(http, body, tooLarge);
    } catch (ApiError.RefusedException e) {
      Replies.error(http, e.error());
    } catch (RuntimeException e) {
      Replies.error(http, ApiError.internal());
      throw e;
    }
  }

  private void route(HttpServerRequest http, Buffer body, boolean tooLarge) {
    String path = String.valueOf(http.path());
    if (path.equals("/health")) {
      requireMethod(http, "GET");
      Replies.json(http, 200, "{\"status\":\"ok\"}");
    } else if (path.equals(CHAT_PATH)) {
      requireMethod(http, "POST");
      keyCheck.require(http.getHeader("Authorization"));
      requireJson(http.getHeader("Content-Type"));
      requireSize(tooLarge);
      chat.handle(http, body.getBytes());
    } else if (isSocket(http)) {
      requireMethod(http, "GET");
      keyCheck.require(http.getHeader("Authorization"));
      chat.openSocket(http);
    } else if (path.equals(MODELS_PATH) || path.startsWith(MODELS_PATH + "/")) {
      requireMethod(http, "GET");
      keyCheck.require(http.getHeader("Authorization"));
      models(http, path);
    } else {
      throw ApiError.unknownPath(http.method().name(), path).refused();
    }
  }

  private static void models(HttpServerRequest http, String path) {
    if (path.equals(MODELS_PATH)) {
      ModelsHandler.list(http);
    } else {
      ModelsHandler.one(http, path.substring(MODELS_PATH.length() + 1));
    }
  }

  private static void requireMethod(HttpServerRequest http, String method) {
    String asked = http.method().name();
    if (!asked.equals(method)) {
      http.response().putHeader("Allow", method);
      throw ApiError.wrongMethod(asked, String.valueOf(http.path())).refused();
    }
  }

  private static void requireJson(@Nullable String contentType) {
    String type = String.valueOf(contentType).split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (!type.equals("application/json") && !type.endsWith("+json")) {
      throw ApiError.wrongContentType().refused();
    }
  }

  private static void requireSize(boolean tooLarge) {
    if (tooLarge) {
      throw ApiError.bodyTooLarge(MAX_BODY_BYTES).refused();
    }
  }

  private static RecordedRequest recorded(HttpServerRequest http, Buffer body) {
    Map<String, String> headers = new HashMap<>();
    http.headers()
        .forEach(
            (name, value) ->
                headers.merge(name.toLowerCase(Locale.ROOT), value, (a, b) -> a + ", " + b));
    return new RecordedRequest(
        http.method().name(), String.valueOf(http.path()), headers, body.toString());
  }
}
