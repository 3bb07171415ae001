package ai.holysheep.camel.wire;

import ai.holysheep.camel.chat.ChatRequest;
import ai.holysheep.camel.chat.Continuation;
import ai.holysheep.camel.chat.JsonOrText;
import ai.holysheep.camel.chat.JsonText;
import ai.holysheep.camel.chat.TextList;
import ai.holysheep.camel.error.FailureContext;
import ai.holysheep.camel.error.RequestRejectedException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/**
 * Writes the JSON of a chat completion. A field set for this one message wins over a field of the
 * body, and that over a default of the route. Thread-safe.
 */
public final class RequestWriter {

  /**
   * Writes the request.
   *
   * @throws RequestRejectedException when no valid request can be made of it; says what is missing
   */
  public WrittenRequest write(ChatRequest request) {
    ObjectNode conversation = Conversations.of(request.prompt(), request.systemMessage());
    ObjectNode body = Json.MAPPER.createObjectNode();
    request.defaults().forEach((name, value) -> body.set(name, tree(value)));
    body.setAll(conversation);
    request.overrides().forEach((name, value) -> body.set(name, tree(value)));
    String model = model(body);
    decideStream(body, request.stream());
    return new WrittenRequest(
        utf8(body),
        model,
        characters(body.get("messages")),
        Math.max(1, body.path("n").asInt(1)),
        isContinuable(body));
  }

  private static boolean isContinuable(ObjectNode body) {
    boolean asText = body.path("response_format").path("type").asText("text").equals("text");
    return asText && body.get("messages") instanceof ArrayNode messages && !messages.isEmpty();
  }

  /**
   * The same request with the beginning of its answer, for the model to go on after it. It stands
   * there as a message of the assistant, or at the end of the one that the request itself ends
   * with.
   *
   * @param continuation further fields; those that say what is asked, and how it is answered, stay
   */
  public WrittenRequest continued(
      WrittenRequest request, String answer, Continuation continuation) {
    ObjectNode body = (ObjectNode) Json.tree(new String(request.body(), StandardCharsets.UTF_8));
    ArrayNode messages = (ArrayNode) Objects.requireNonNull(body, "written here").get("messages");
    JsonNode stream = body.get("stream");
    continuation.bodyFields().forEach((name, value) -> body.set(name, tree(value)));
    body.set("stream", stream);
    body.set("messages", messages);
    ObjectNode beginning = beginning(messages);
    String text = beginning.path("content").asText("") + answer;
    continuation.messageFields().forEach((name, value) -> beginning.set(name, tree(value)));
    beginning.put("role", "assistant").put("content", text);
    return new WrittenRequest(
        utf8(body),
        request.model(),
        request.promptCharacters() + answer.length(),
        request.choiceCount(),
        true);
  }

  private static ObjectNode beginning(ArrayNode messages) {
    JsonNode last = messages.get(messages.size() - 1);
    return isAssistantText(last)
        ? (ObjectNode) last
        : messages.addObject().put("role", "assistant").put("content", "");
  }

  private static boolean isAssistantText(JsonNode message) {
    return message.path("role").asText().equals("assistant")
        && message.path("content").isTextual()
        && !message.has("tool_calls");
  }

  private static String model(ObjectNode body) {
    JsonNode model = body.get("model");
    if (model == null || !model.isTextual() || model.textValue().isBlank()) {
      throw new RequestRejectedException(
          "No model is named. Set the option 'model', the header CamelHolySheepModel, or the field"
              + " 'model' of a JSON body.",
          FailureContext.NONE);
    }
    return model.textValue();
  }

  /** The route decides how it takes the answer, so a {@code stream} of the body has no say. */
  private static void decideStream(ObjectNode body, boolean stream) {
    body.put("stream", stream);
    JsonNode given = body.get("stream_options");
    if (!stream || given != null && given.isNull()) {
      // A null switches it off, for servers that do not know it.
      body.remove("stream_options");
    } else if (body.get("stream_options") instanceof ObjectNode options) {
      options.put("include_usage", true);
    } else {
      body.putObject("stream_options").put("include_usage", true);
    }
  }

  private static JsonNode tree(Object value) {
    if (value instanceof JsonText json) {
      return parsed(json);
    }
    if (value instanceof TextList list) {
      return Json.tree(list.text()) instanceof ArrayNode texts
          ? texts
          : Conversations.toTree(list.text().split(","));
    }
    if (value instanceof JsonOrText either) {
      JsonNode tree = Json.tree(either.text());
      return tree == null || tree.isMissingNode()
          ? Json.MAPPER.getNodeFactory().textNode(either.text())
          : tree;
    }
    if (value instanceof Map<?, ?> map) {
      ObjectNode object = Json.MAPPER.createObjectNode();
      map.forEach((name, field) -> object.set(String.valueOf(name), tree(field)));
      return object;
    }
    return Conversations.toTree(value);
  }

  private static JsonNode parsed(JsonText json) {
    JsonNode tree = Json.tree(json.text());
    if (tree == null || tree.isMissingNode()) {
      throw new RequestRejectedException(
          "The option '" + json.name() + "' is not valid JSON.", FailureContext.NONE);
    }
    return tree;
  }

  private static long characters(JsonNode messages) {
    long sum = 0;
    for (JsonNode message : messages) {
      for (JsonNode content : message.findValues("content")) {
        sum += content.isTextual() ? content.textValue().length() : partCharacters(content);
      }
    }
    return sum;
  }

  private static long partCharacters(JsonNode content) {
    long sum = 0;
    for (JsonNode part :
        content instanceof ArrayNode parts ? parts : Json.MAPPER.createArrayNode()) {
      sum += part.path("text").asText("").length();
    }
    return sum;
  }

  private static byte[] utf8(ObjectNode body) {
    try {
      String text = Json.MAPPER.writeValueAsString(body);
      return withoutLoneSurrogates(text).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new RequestRejectedException(
          "The request cannot be written as JSON: " + e.getOriginalMessage(),
          FailureContext.NONE,
          e);
    }
  }

  /** Half a character, as cut texts have it at their end, is no Unicode and no server takes it. */
  static String withoutLoneSurrogates(String text) {
    StringBuilder mended = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isSurrogate(c)) {
        continue;
      }
      boolean pair = i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1));
      if (pair) {
        i++;
      } else {
        mended = mended == null ? new StringBuilder(text) : mended;
        mended.setCharAt(i, '\uFFFD');
      }
    }
    return mended == null ? text : mended.toString();
  }
}
