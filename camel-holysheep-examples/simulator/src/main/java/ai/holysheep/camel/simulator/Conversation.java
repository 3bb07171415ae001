package ai.holysheep.camel.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What was said in a session, as the body of the request that would ask for the next answer. */
final class Conversation {

  private final ObjectNode body;

  /** Takes a body as its own; the messages may be missing. */
  Conversation(ObjectNode body) {
    this.body = body;
  }

  Conversation copy() {
    return new Conversation(body.deepCopy());
  }

  /**
   * What the model has to answer.
   *
   * @throws ApiError.RefusedException if the API would not accept it
   */
  ChatRequest request() {
    return ChatRequestReader.read(body);
  }

  /**
   * Adds what a user says: a text, or the whole conversation so far and perhaps a model.
   *
   * @throws ApiError.RefusedException if it is neither
   */
  void userSays(JsonNode payload) {
    if (payload.hasNonNull("model")) {
      body.set("model", payload.get("model"));
    }
    if (payload.hasNonNull("messages")) {
      body.set("messages", payload.get("messages"));
    } else {
      say("user", Fields.text(payload, "content", "payload.content"));
    }
  }

  /**
   * Adds what the client tells the model: a text, or an object as its JSON text.
   *
   * @throws ApiError.RefusedException if it is neither
   */
  void update(JsonNode payload) {
    if (!payload.isObject()) {
      throw Fields.missing("payload");
    }
    JsonNode content = payload.path("content");
    say("system", content.isTextual() ? content.textValue() : payload.toString());
  }

  void assistantSays(String text) {
    if (!text.isEmpty()) {
      say("assistant", text);
    }
  }

  void assistantCalls(String id, String name, String arguments) {
    ObjectNode call = say("assistant", "").putArray("tool_calls").addObject();
    call.put("id", id).put("type", "function");
    call.putObject("function").put("name", name).put("arguments", arguments);
  }

  void toolSays(String callId, JsonNode result) {
    say("tool", result.isTextual() ? result.textValue() : result.toString())
        .put("tool_call_id", callId);
  }

  private ObjectNode say(String role, String text) {
    return body.withArray("messages").addObject().put("role", role).put("content", text);
  }
}
