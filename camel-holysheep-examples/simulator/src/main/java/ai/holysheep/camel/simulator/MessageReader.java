package ai.holysheep.camel.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Checks and reads the {@code messages} of a request. */
final class MessageReader {

  private static final List<String> ROLES =
      List.of("system", "developer", "user", "assistant", "tool", "function");
  private static final List<String> PARTS =
      List.of("text", "image_url", "input_audio", "file", "refusal");

  private MessageReader() {}

  static List<ChatMessage> read(JsonNode body) {
    JsonNode messages = Fields.required(body, "messages", "messages");
    if (!messages.isArray()) {
      throw Fields.wrongType("messages", "an array of objects", messages);
    }
    if (messages.isEmpty()) {
      String message =
          "Invalid 'messages': empty array. Expected an array with minimum length 1, "
              + "but got an empty array instead.";
      throw ApiError.invalid(message, "messages", "empty_array").refused();
    }
    List<ChatMessage> read = new ArrayList<>(messages.size());
    for (int i = 0; i < messages.size(); i++) {
      read.add(message(messages.get(i), "messages[" + i + "]"));
    }
    return List.copyOf(read);
  }

  private static ChatMessage message(JsonNode message, String path) {
    if (!message.isObject()) {
      throw Fields.wrongType(path, "an object", message);
    }
    String role = Fields.text(message, "role", path + ".role");
    checkChoice(role, ROLES, path + ".role");
    if (role.equals("tool")) {
      Fields.text(message, "tool_call_id", path + ".tool_call_id");
    }
    return new ChatMessage(role, content(message, role, path + ".content"));
  }

  private static String content(JsonNode message, String role, String path) {
    JsonNode content = Fields.optional(message, "content");
    if (content == null && role.equals("assistant") && hasToolCalls(message)) {
      return "";
    }
    if (content == null) {
      throw Fields.missing(path);
    }
    if (content.isTextual()) {
      return content.textValue();
    }
    if (!content.isArray()) {
      throw Fields.wrongType(path, "one of a string or array of objects", content);
    }
    return parts(content, path);
  }

  private static boolean hasToolCalls(JsonNode message) {
    JsonNode calls = Fields.optional(message, "tool_calls");
    return (calls != null && calls.isArray() && !calls.isEmpty())
        || Fields.optional(message, "function_call") != null;
  }

  private static String parts(JsonNode parts, String path) {
    if (parts.isEmpty()) {
      throw Fields.wrongValue(path, "expected at least one part.");
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      readPart(parts.get(i), path + "[" + i + "]", texts);
    }
    return String.join("\n", texts);
  }

  private static void readPart(JsonNode part, String path, List<String> texts) {
    if (!part.isObject()) {
      throw Fields.wrongType(path, "an object", part);
    }
    String type = Fields.text(part, "type", path + ".type");
    checkChoice(type, PARTS, path + ".type");
    switch (type) {
      case "text" -> texts.add(Fields.text(part, "text", path + ".text"));
      case "image_url" -> {
        JsonNode image = Fields.required(part, "image_url", path + ".image_url");
        Fields.text(image, "url", path + ".image_url.url");
      }
      default -> Fields.required(part, type, path + "." + type);
    }
  }

  private static void checkChoice(String value, List<String> supported, String path) {
    if (!supported.contains(value)) {
      String message =
          "Invalid value: '%s'. Supported values are: '%s'."
              .formatted(value, String.join("', '", supported));
      throw ApiError.invalid(message, path, "invalid_value").refused();
    }
  }
}
