package ai.holysheep.camel.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One agent session: hears what the client says and keeps the conversation. Every method runs on
 * the event loop of its socket.
 */
final class AgentSession {

  private final Vertx vertx;
  private final String id;
  private final ServerWebSocket socket;
  private final ObjectNode body;
  private final ChatHandler chat;
  private final Traffic traffic;
  private final Set<String> openCalls = new LinkedHashSet<>();
  private @Nullable AgentTurn turn;

  /**
   * @param body the request that the session began with; what is said is added to its messages
   */
  AgentSession(
      Vertx vertx,
      String id,
      ServerWebSocket socket,
      ObjectNode body,
      ChatHandler chat,
      Traffic traffic) {
    this.vertx = vertx;
    this.id = id;
    this.socket = socket;
    this.body = body;
    this.chat = chat;
    this.traffic = traffic;
  }

  void listen() {
    socket.textMessageHandler(this::hear);
    socket.drainHandler(
        drained -> {
          if (turn != null) {
            turn.drained();
          }
        });
    socket.closeHandler(
        closed -> {
          traffic.socketClosed();
          if (turn != null) {
            turn.stop();
          }
        });
  }

  /** Begins to answer to the conversation. */
  void begin() {
    try {
      turn = new AgentTurn(vertx, this, chat, ChatRequestReader.read(body), AgentTurn.NOTHING);
      turn.start();
    } catch (ApiError.RefusedException e) {
      turn = null;
      send(AgentFrames.error(e.error()));
    }
  }

  private void hear(String text) {
    JsonNode frame;
    try {
      frame = AgentFrames.JSON.readTree(text);
    } catch (JsonProcessingException e) {
      send(AgentFrames.error(ApiError.invalid("The message is not JSON.", null, "invalid_json")));
      return;
    }
    String type = frame.path("type").asText("");
    JsonNode payload = frame.path("payload");
    String shown = payload.isMissingNode() ? "{}" : payload.toString();
    traffic.heard(new ClientFrame(id, type, shown, frame.path("timestamp").asLong(0)));
    switch (type) {
      case "user_input" -> userInput(payload);
      case "tool_result" -> toolResult(payload);
      case "context_update" -> say("system", content(payload));
      case "interrupt" -> {
        if (turn != null) {
          turn.interrupt();
        }
      }
      case "" ->
          send(
              AgentFrames.error(
                  ApiError.invalid("The message has no 'type'.", "type", "missing_type")));
      default -> send(AgentFrames.acknowledgement(type));
    }
  }

  private void userInput(JsonNode payload) {
    if (turn != null) {
      ApiError error = ApiError.invalid("The answer before is not over.", null, "turn_in_progress");
      send(AgentFrames.error(error));
      return;
    }
    if (payload.path("messages").isArray()) {
      body.set("messages", payload.get("messages").deepCopy());
      body.put("model", payload.path("model").asText(body.path("model").asText("")));
    } else {
      say("user", content(payload));
    }
    begin();
  }

  private void toolResult(JsonNode payload) {
    String call = payload.path("tool_call_id").asText("");
    if (!openCalls.remove(call) || turn == null) {
      String message = "No call of a tool with the id '" + call + "' waits for a result.";
      send(AgentFrames.error(ApiError.invalid(message, "tool_call_id", "unknown_tool_call")));
      return;
    }
    JsonNode result = payload.path("result");
    say("tool", result.isTextual() ? result.textValue() : result.toString())
        .put("tool_call_id", call);
    if (openCalls.isEmpty()) {
      AgentTurn before = turn;
      turn = new AgentTurn(vertx, this, chat, ChatRequestReader.read(body), before.used());
      turn.start();
    }
  }

  private static String content(JsonNode payload) {
    JsonNode content = payload.path("content");
    return content.isTextual() ? content.textValue() : payload.toString();
  }

  private ObjectNode say(String role, String text) {
    ArrayNode messages =
        body.path("messages").isArray()
            ? (ArrayNode) body.get("messages")
            : body.putArray("messages");
    return messages.addObject().put("role", role).put("content", text);
  }

  /** The model calls a tool. */
  void calls(String callId, String name, String arguments) {
    openCalls.add(callId);
    ObjectNode call = say("assistant", "").putArray("tool_calls").addObject();
    call.put("id", callId).put("type", "function");
    call.putObject("function").put("name", name).put("arguments", arguments);
    send(AgentFrames.toolCall(callId, name, arguments));
  }

  /** The turn has said all. */
  void over(String text) {
    turn = null;
    openCalls.clear();
    if (!text.isEmpty()) {
      say("assistant", text);
    }
  }

  ServerWebSocket socket() {
    return socket;
  }

  void send(String frame) {
    if (!socket.isClosed()) {
      socket.writeTextMessage(frame);
    }
  }
}
