package ai.holysheep.camel.examples.gateway.routes;

import ai.holysheep.camel.examples.gateway.answers.Answer;
import ai.holysheep.camel.examples.gateway.answers.SocketReader;
import ai.holysheep.camel.examples.gateway.requests.ErrorReply;
import ai.holysheep.camel.examples.gateway.requests.Json;
import ai.holysheep.camel.examples.gateway.requests.RefusedException;
import io.vertx.core.http.ServerWebSocket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What pages say over sockets: {@code ask}, {@code resume} and {@code stop}. Frames are written to
 * the socket itself and not sent to {@code vertx-websocket} by the key of a connection: that
 * endpoint takes a key that it does not know any more for one of another server, and connects to
 * it. Thread-safe.
 */
public final class SocketTalk {

  private final Asking asking;
  private final Client client;
  private final Map<String, Set<SocketReader>> readers = new ConcurrentHashMap<>();

  public SocketTalk(Asking asking, Client client) {
    this.asking = asking;
    this.client = client;
  }

  /** A page says something; what cannot be done is told to it. */
  void said(String connection, ServerWebSocket socket, String frame) {
    Map<String, Object> said = Map.of();
    try {
      said = Json.object(frame);
      obey(connection, socket, text(said, "id"), said);
    } catch (RefusedException e) {
      socket.writeTextMessage(refusal(said.get("id"), e.reply()));
    }
  }

  private void obey(
      String connection, ServerWebSocket socket, String question, Map<String, Object> said) {
    switch (text(said, "type")) {
      case "ask" -> {
        String asker = client.of(socket.headers()::get, socket.remoteAddress());
        read(connection, socket, question, asking.begin(said, asker, Map.of()), -1);
      }
      case "resume" -> read(connection, socket, question, named(said), after(said));
      case "stop" -> asking.answers().stop(named(said));
      default -> throw RefusedException.invalid("type", "'type' must be ask, resume or stop.");
    }
  }

  private void read(
      String connection, ServerWebSocket socket, String question, Answer answer, int after) {
    SocketReader reader =
        new SocketReader(
            asking.answers(),
            answer,
            question,
            after,
            frame -> socket.writeTextMessage(frame).toCompletionStage());
    readers.computeIfAbsent(connection, key -> ConcurrentHashMap.newKeySet()).add(reader);
    reader.begin();
    if (socket.isClosed()) {
      over(connection);
    }
  }

  /** A page has left. */
  void over(String connection) {
    Set<SocketReader> left = readers.remove(connection);
    if (left != null) {
      left.forEach(SocketReader::leave);
    }
  }

  private Answer named(Map<String, Object> said) {
    return asking.answers().get(text(said, "answer"));
  }

  private static int after(Map<String, Object> said) {
    if (said.get("after") instanceof Integer index) {
      return index;
    }
    throw RefusedException.invalid("after", "'after' must be the index of an event, or -1.");
  }

  private static String text(Map<String, Object> said, String field) {
    if (said.get(field) instanceof String text) {
      return text;
    }
    throw RefusedException.invalid(field, "'" + field + "' must be a text.");
  }

  private static String refusal(@Nullable Object question, ErrorReply reply) {
    Map<String, Object> refused = new LinkedHashMap<>();
    refused.put("status", reply.status());
    if (reply.retryAfter() != null) {
      refused.put("retryAfter", reply.retryAfterSeconds());
    }
    refused.put("error", reply.fields());
    Map<String, Object> frame = new LinkedHashMap<>();
    frame.put("id", question);
    frame.put("refused", refused);
    return Json.write(frame);
  }
}
