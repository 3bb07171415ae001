package ai.holysheep.camel.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns a body into a request, or refuses it as the API would. Unknown fields are accepted. */
final class ChatRequestReader {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  private static final int MAX_CHOICES = 128;
  private static final int MAX_STOPS = 4;

  private ChatRequestReader() {}

  /**
   * Reads a body.
   *
   * @throws ApiError.RefusedException if the API would not accept it
   */
  static ChatRequest read(byte[] bytes) {
    return read(parse(bytes));
  }

  /**
   * Reads a body that is an object.
   *
   * @throws ApiError.RefusedException if the API would not accept it
   */
  static ChatRequest read(JsonNode body) {
    SimulatedModel model = model(body);
    List<ChatMessage> messages = MessageReader.read(body);
    boolean stream = Fields.flag(body, "stream", "stream");
    checkSampling(body);
    return new ChatRequest(
        model,
        messages,
        stream,
        includeUsage(body, stream),
        Fields.integer(body, "n", 1, MAX_CHOICES, 1),
        maxTokens(body),
        stops(Fields.optional(body, "stop")),
        tools(Fields.optional(body, "tools")),
        Fields.flag(body, "agent_mode", "agent_mode"));
  }

  /** The object that a body is. */
  static ObjectNode parse(byte[] bytes) {
    try {
      JsonNode body = JSON.readTree(bytes);
      if (body instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw notJson(e.getOriginalMessage());
    } catch (IOException e) {
      // Bytes that are not UTF-8.
      throw notJson(String.valueOf(e.getMessage()));
    }
    throw notJson("expected an object");
  }

  private static ApiError.RefusedException notJson(String reason) {
    String message = "We could not parse the JSON body of your request: " + reason;
    return ApiError.invalid(message, null, "invalid_json").refused();
  }

  private static SimulatedModel model(JsonNode body) {
    String id = Fields.text(body, "model", "model");
    if (id.isBlank()) {
      throw Fields.missing("model");
    }
    return ModelCatalogue.find(id).orElseThrow(() -> ApiError.unknownModel(id).refused());
  }

  private static void checkSampling(JsonNode body) {
    Fields.decimal(body, "temperature", 0, 2);
    Fields.decimal(body, "top_p", 0, 1);
    Fields.decimal(body, "presence_penalty", -2, 2);
    Fields.decimal(body, "frequency_penalty", -2, 2);
  }

  private static boolean includeUsage(JsonNode body, boolean stream) {
    JsonNode options = Fields.optional(body, "stream_options");
    if (options == null) {
      return false;
    }
    if (!stream) {
      String message = "The 'stream_options' parameter is only allowed when 'stream' is enabled.";
      throw ApiError.invalid(message, "stream_options", "invalid_value").refused();
    }
    if (!options.isObject()) {
      throw Fields.wrongType("stream_options", "an object", options);
    }
    return Fields.flag(options, "include_usage", "stream_options.include_usage");
  }

  private static int maxTokens(JsonNode body) {
    int most = Integer.MAX_VALUE;
    return Math.min(
        Fields.integer(body, "max_tokens", 1, most, most),
        Fields.integer(body, "max_completion_tokens", 1, most, most));
  }

  private static List<String> stops(@Nullable JsonNode stop) {
    if (stop == null) {
      return List.of();
    }
    if (stop.isTextual()) {
      return List.of(stop.textValue());
    }
    if (!stop.isArray()) {
      throw Fields.wrongType("stop", "one of a string or array of strings", stop);
    }
    if (stop.size() > MAX_STOPS) {
      throw Fields.wrongValue("stop", "expected at most 4 strings, but got " + stop.size() + ".");
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode item : stop) {
      if (!item.isTextual()) {
        throw Fields.wrongType("stop", "an array of strings", item);
      }
      texts.add(item.textValue());
    }
    return List.copyOf(texts);
  }

  private static Map<String, JsonNode> tools(@Nullable JsonNode tools) {
    Map<String, JsonNode> schemas = new LinkedHashMap<>();
    if (tools == null) {
      return schemas;
    }
    if (!tools.isArray()) {
      throw Fields.wrongType("tools", "an array of objects", tools);
    }
    for (int i = 0; i < tools.size(); i++) {
      String path = "tools[" + i + "].function";
      JsonNode function = Fields.required(tools.get(i), "function", path);
      JsonNode schema = Fields.optional(function, "parameters");
      schemas.put(
          Fields.text(function, "name", path + ".name"),
          schema == null ? JsonNodeFactory.instance.objectNode() : schema);
    }
    return schemas;
  }
}
