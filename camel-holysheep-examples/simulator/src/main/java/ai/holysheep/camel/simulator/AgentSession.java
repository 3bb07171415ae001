package ai.holysheep.camel.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One agent session: hears what the client says and has it answered. Every method runs on the event
 * loop of its socket.
 */
final class AgentSession {

  private final Vertx vertx;
  private final String id;
  private final AgentSocket socket;
  private final ChatHandler chat;
  private final Traffic traffic;
  private Conversation conversation;

  /** The turn under way, also while it waits for tools. */
  private @Nullable AgentTurn turn;

  /** The names of the tools that have not answered yet, by the ids of their calls. */
  private final Map<String, String> openCalls = new LinkedHashMap<>();

  /** Whether the model has called all tools, and goes on when the last of them has answered. */
  private boolean waitsForTools;

  AgentSession(
      Vertx vertx,
      String id,
      AgentSocket socket,
      Conversation conversation,
      ChatHandler chat,
      Traffic traffic) {
    this.vertx = vertx;
    this.id = id;
    this.socket = socket;
    this.conversation = conversation;
    this.chat = chat;
    this.traffic = traffic;
  }

  void listen(ServerWebSocket from) {
    from.textMessageHandler(this::hear);
    from.binaryMessageHandler(bytes -> refuse("The message is not text.", null, "invalid_json"));
    from.drainHandler(
        drained -> {
          if (turn != null) {
            turn.drained();
          }
        });
  }

  /** The socket is closed. */
  void gone() {
    if (turn != null) {
      turn.stop();
    }
  }

  /** Begins to answer to the conversation. */
  void begin() {
    try {
      answer(conversation, Usage.NOTHING);
    } catch (ApiError.RefusedException e) {
      socket.send(AgentFrames.error(e.error()));
    }
  }

  private void answer(Conversation to, Usage before) {
    AgentTurn next = new AgentTurn(vertx, this, socket, chat, to.request(), before);
    conversation = to;
    openCalls.clear();
    waitsForTools = false;
    turn = next;
    next.start();
  }

  private void hear(String text) {
    JsonNode frame;
    try {
      frame = AgentFrames.JSON.readTree(text);
    } catch (JsonProcessingException e) {
      refuse("The message is not JSON.", null, "invalid_json");
      return;
    }
    String type = frame.path("type").asText("");
    JsonNode payload = frame.path("payload");
    String shown = payload.isMissingNode() ? "{}" : payload.toString();
    traffic.heard(new ClientFrame(id, type, shown, frame.path("timestamp").asLong(0)));
    try {
      obey(type, payload);
    } catch (ApiError.RefusedException e) {
      socket.send(AgentFrames.error(e.error()));
    }
  }

  private void obey(String type, JsonNode payload) {
    switch (type) {
      case "user_input" -> userInput(payload);
      case "tool_result" -> toolResult(payload);
      case "context_update" -> conversation.update(payload);
      case "interrupt" -> {
        if (turn != null) {
          turn.interrupt();
        }
      }
      case "" -> refuse("The message has no 'type'.", "type", "missing_type");
      default -> socket.send(AgentFrames.acknowledgement(type));
    }
  }

  private void userInput(JsonNode payload) {
    if (turn != null) {
      refuse("The answer before is not over.", null, "turn_in_progress");
      return;
    }
    // What is refused shall not be part of the conversation.
    Conversation next = conversation.copy();
    next.userSays(payload);
    answer(next, Usage.NOTHING);
  }

  private void toolResult(JsonNode payload) {
    String call = answeredCall(payload);
    if (!openCalls.containsKey(call)) {
      String message = "No call of a tool with the id '" + call + "' waits for a result.";
      refuse(message, "tool_call_id", "unknown_tool_call");
      return;
    }
    conversation.toolSays(call, Fields.required(payload, "result", "payload.result"));
    openCalls.remove(call);
    goOnWithoutOpenCalls();
  }

  /** The id of the call that a result is for: the first open one of the tool if it says none. */
  private String answeredCall(JsonNode payload) {
    String tool = payload.path("tool").asText("");
    String first =
        openCalls.entrySet().stream()
            .filter(call -> call.getValue().equals(tool))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse("");
    return payload.path("tool_call_id").asText(first);
  }

  private void goOnWithoutOpenCalls() {
    if (waitsForTools && openCalls.isEmpty()) {
      answer(conversation, turn == null ? Usage.NOTHING : turn.used());
    }
  }

  /** The model calls a tool. */
  void called(String callId, String name, String arguments) {
    openCalls.put(callId, name);
    conversation.assistantCalls(callId, name, arguments);
  }

  /**
   * The model has called all tools that it wants.
   *
   * @param turnIsOver whether what it says after their results is a turn of its own
   */
  void waitForTools(boolean turnIsOver) {
    if (turnIsOver) {
      turn = null;
    }
    waitsForTools = true;
    goOnWithoutOpenCalls();
  }

  /** The turn has said all. */
  void over(String text) {
    turn = null;
    waitsForTools = false;
    openCalls.clear();
    conversation.assistantSays(text);
  }

  private void refuse(String message, @Nullable String param, String code) {
    socket.send(AgentFrames.error(ApiError.invalid(message, param, code)));
  }
}
