package ai.holysheep.camel.wire;

import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.chat.Choice;
import ai.holysheep.camel.chat.ToolCall;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Conversations in the form that OpenTelemetry has for them: messages with a role and parts.
 *
 * @see <a href="https://github.com/open-telemetry/semantic-conventions-genai">the schemas of
 *     gen_ai.input.messages and gen_ai.output.messages</a>
 */
public final class TelemetryMessages {

  private TelemetryMessages() {}

  /** What is sent to the model. */
  public static String input(WrittenRequest request) {
    ArrayNode messages = Json.MAPPER.createArrayNode();
    try {
      for (JsonNode message : Json.MAPPER.readTree(request.body()).path("messages")) {
        messages.add(sent(message));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return messages.toString();
  }

  /** What has come of the answer, or answers. */
  public static String output(ChatAnswer answer) {
    ArrayNode messages = Json.MAPPER.createArrayNode();
    for (Choice choice : answer.choices()) {
      ObjectNode message = messages.addObject().put("role", "assistant");
      ArrayNode parts = message.putArray("parts");
      addText(parts, "reasoning", choice.reasoning());
      addText(parts, "text", choice.text());
      for (ToolCall call : choice.toolCalls()) {
        addCall(parts, call.id(), call.name(), call.arguments());
      }
      message.put("finish_reason", choice.finishReason().word());
    }
    return messages.toString();
  }

  private static ObjectNode sent(JsonNode message) {
    ObjectNode told = Json.MAPPER.createObjectNode().put("role", message.path("role").asText());
    ArrayNode parts = told.putArray("parts");
    JsonNode content = message.path("content");
    if ("tool".equals(message.path("role").asText())) {
      ObjectNode part = parts.addObject().put("type", "tool_call_response");
      part.set("id", message.path("tool_call_id"));
      part.set("response", content);
    } else if (content.isTextual()) {
      addText(parts, "text", content.textValue());
    } else {
      content.forEach(part -> addPart(parts, part));
    }
    for (JsonNode call : message.path("tool_calls")) {
      JsonNode function = call.path("function");
      addCall(
          parts,
          call.path("id").textValue(),
          function.path("name").asText(),
          function.path("arguments").asText());
    }
    return told;
  }

  /** Pictures and the like are named as OpenAI names them, without what they show. */
  private static void addPart(ArrayNode parts, JsonNode part) {
    String type = part.path("type").asText();
    if ("text".equals(type)) {
      addText(parts, "text", part.path("text").asText());
    } else {
      parts.addObject().put("type", type);
    }
  }

  private static void addText(ArrayNode parts, String type, String text) {
    if (!text.isEmpty()) {
      parts.addObject().put("type", type).put("content", text);
    }
  }

  private static void addCall(ArrayNode parts, @Nullable String id, String name, String arguments) {
    ObjectNode part = parts.addObject().put("type", "tool_call");
    part.put("id", id).put("name", name);
    JsonNode read = Json.tree(arguments);
    part.set("arguments", read == null ? part.textNode(arguments) : read);
  }
}
