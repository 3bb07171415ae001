package ai.holysheep.camel.wire;

import ai.holysheep.camel.chat.Prompt;
import ai.holysheep.camel.error.FailureContext;
import ai.holysheep.camel.error.RequestRejectedException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Makes an object with {@code messages} of whatever the route asks with. */
final class Conversations {

  private Conversations() {}

  static ObjectNode of(Prompt prompt, @Nullable String systemMessage) {
    ObjectNode conversation =
        prompt instanceof Prompt.Text text
            ? ofText(text.text())
            : ofTree(toTree(((Prompt.Conversation) prompt).value()));
    ArrayNode messages = (ArrayNode) conversation.get("messages");
    if (messages.isEmpty()) {
      throw rejected("The conversation has no messages.");
    }
    if (systemMessage != null && !hasSystemMessage(messages)) {
      messages.insert(0, message("system", systemMessage));
    }
    return conversation;
  }

  private static ObjectNode ofText(String text) {
    String start = text.stripLeading();
    if (start.startsWith("{") || start.startsWith("[")) {
      JsonNode tree = Json.tree(text);
      if (tree != null && (isRequest(tree) || isMessages(tree))) {
        return ofTree(tree);
      }
    }
    ArrayNode messages = Json.MAPPER.createArrayNode().add(message("user", text));
    return wrapped(messages);
  }

  private static boolean isRequest(JsonNode tree) {
    return tree.isObject() && tree.path("messages").isArray();
  }

  private static boolean isMessages(JsonNode tree) {
    if (!tree.isArray() || tree.isEmpty()) {
      return false;
    }
    for (JsonNode element : tree) {
      if (!element.path("role").isTextual()) {
        return false;
      }
    }
    return true;
  }

  private static ObjectNode ofTree(JsonNode tree) {
    if (tree instanceof ObjectNode request) {
      if (!isRequest(request)) {
        throw rejected(
            "The body is a map without a list of 'messages'. Send {\"messages\":[{\"role\":\"user\","
                + "\"content\":\"...\"}]}, a list of messages, or a String as prompt.");
      }
      return request.deepCopy();
    }
    if (tree instanceof ArrayNode list) {
      return wrapped(messages(list));
    }
    throw rejected(
        "The body is neither a text, nor a list of messages, nor a map with 'messages'.");
  }

  private static ArrayNode messages(ArrayNode list) {
    ArrayNode messages = Json.MAPPER.createArrayNode();
    for (JsonNode element : list) {
      if (element.isTextual()) {
        messages.add(message("user", element.textValue()));
      } else if (element.path("role").isTextual()) {
        messages.add(element);
      } else {
        throw rejected(
            "Message "
                + messages.size()
                + " of the list has no 'role'. A message is a map or a"
                + " record with 'role' and 'content', or a String, which counts as the user's.");
      }
    }
    return messages;
  }

  private static ObjectNode wrapped(ArrayNode messages) {
    ObjectNode conversation = Json.MAPPER.createObjectNode();
    conversation.set("messages", messages);
    return conversation;
  }

  private static ObjectNode message(String role, String content) {
    return Json.MAPPER.createObjectNode().put("role", role).put("content", content);
  }

  private static boolean hasSystemMessage(ArrayNode messages) {
    for (JsonNode message : messages) {
      String role = message.path("role").asText("");
      if (role.equals("system") || role.equals("developer")) {
        return true;
      }
    }
    return false;
  }

  static JsonNode toTree(Object value) {
    try {
      return Json.MAPPER.valueToTree(value);
    } catch (IllegalArgumentException e) {
      throw new RequestRejectedException(
          "No JSON can be made of " + value.getClass().getName() + ": " + e.getMessage(),
          FailureContext.NONE,
          e);
    }
  }

  private static RequestRejectedException rejected(String message) {
    return new RequestRejectedException(message, FailureContext.NONE);
  }
}
