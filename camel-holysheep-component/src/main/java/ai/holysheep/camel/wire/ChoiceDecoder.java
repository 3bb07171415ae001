package ai.holysheep.camel.wire;

import ai.holysheep.camel.chat.ChoiceDelta;
import ai.holysheep.camel.chat.ToolCallFragment;
import ai.holysheep.camel.chat.Usage;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one element of {@code choices}, of a chunk or of a whole answer. Used once. */
final class ChoiceDecoder {

  private int index;
  private @Nullable String text;
  private @Nullable String plainText;
  private @Nullable String refusal;
  private @Nullable String reasoning;
  private @Nullable String otherReasoning;
  private @Nullable String finishReason;
  private @Nullable String detailedReasoning;
  private @Nullable Usage usage;
  private List<ToolCallFragment> toolCalls = List.of();
  private boolean hasDelta;

  /** Expects the parser at the object's start. */
  static ChoiceDecoder decode(JsonParser in) throws IOException {
    ChoiceDecoder fields = new ChoiceDecoder();
    fields.read(in);
    return fields;
  }

  ChoiceDelta delta() {
    String thoughts = reasoning == null ? otherReasoning : reasoning;
    return new ChoiceDelta(
        index,
        spokenText(),
        thoughts == null ? detailedReasoning : thoughts,
        toolCalls,
        finishReason);
  }

  /** What the model says when it refuses is all that there is to read. */
  private @Nullable String spokenText() {
    boolean silent = text == null || text.isEmpty();
    if (silent && refusal != null) {
      return refusal;
    }
    return text == null && !hasDelta ? plainText : text;
  }

  /** Some servers put the usage into the choice; null where there is none. */
  @Nullable Usage usage() {
    return usage;
  }

  private void read(JsonParser in) throws IOException {
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      in.nextToken();
      switch (name) {
        case "index" -> {
          Integer position = JsonFields.position(in);
          index = position == null ? 0 : position;
        }
        case "delta" -> readDelta(in);
        case "message" -> readMessage(in);
        // Plain completions have no delta.
        case "text" -> plainText = JsonFields.text(in);
        case "finish_reason" -> finishReason = finishReason(in);
        case "usage" -> usage = UsageDecoder.decode(in);
        default -> in.skipChildren();
      }
    }
  }

  /** Some servers write the word null, or false, as long as the answer goes on. */
  private static @Nullable String finishReason(JsonParser in) throws IOException {
    String word = in.currentToken().isBoolean() ? null : JsonFields.text(in);
    return "null".equals(word) ? null : word;
  }

  /** Some servers send the message so far beside each delta, in front of it or behind. */
  private void readDelta(JsonParser in) throws IOException {
    if (in.currentToken() == JsonToken.START_OBJECT) {
      hasDelta = true;
      text = null;
      refusal = null;
      reasoning = null;
      otherReasoning = null;
      detailedReasoning = null;
      toolCalls = List.of();
    }
    readContents(in);
  }

  private void readMessage(JsonParser in) throws IOException {
    if (hasDelta) {
      in.skipChildren();
    } else {
      readContents(in);
    }
  }

  private void readContents(JsonParser in) throws IOException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      in.skipChildren();
      return;
    }
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      in.nextToken();
      switch (name) {
        case "content" -> readContent(in);
        case "refusal" -> refusal = JsonFields.text(in);
        // The same thoughts under the names of DeepSeek and of newer vLLM, Ollama and OpenRouter.
        // A server that sends both means one.
        case "reasoning_content" -> reasoning = JsonFields.text(in);
        case "reasoning" -> otherReasoning = JsonFields.text(in);
        case "reasoning_details" -> readDetails(in);
        case "tool_calls" -> readToolCalls(in);
        case "function_call" -> readFunctionCall(in);
        default -> in.skipChildren();
      }
    }
  }

  private void readContent(JsonParser in) throws IOException {
    if (in.currentToken().isStructStart()) {
      ContentDecoder content = ContentDecoder.decode(in);
      text = content.text();
      otherReasoning = content.thoughts() == null ? otherReasoning : content.thoughts();
    } else {
      text = in.currentToken().isBoolean() ? null : JsonFields.text(in);
    }
  }

  private void readDetails(JsonParser in) throws IOException {
    if (in.currentToken() == JsonToken.START_ARRAY) {
      detailedReasoning = ContentDecoder.decode(in).text();
    } else {
      in.skipChildren();
    }
  }

  /** Servers that write all their fields send a null with every token, which is no call. */
  private void readFunctionCall(JsonParser in) throws IOException {
    if (in.currentToken() == JsonToken.START_OBJECT) {
      toolCalls = List.of(readFunction(in, 0, null));
    } else {
      in.skipChildren();
    }
  }

  private void readToolCalls(JsonParser in) throws IOException {
    if (in.currentToken() == JsonToken.START_OBJECT) {
      toolCalls = List.of(readToolCall(in));
      return;
    }
    if (in.currentToken() != JsonToken.START_ARRAY) {
      return;
    }
    toolCalls = new ArrayList<>(1);
    while (in.nextToken() != JsonToken.END_ARRAY) {
      if (in.currentToken() == JsonToken.START_OBJECT) {
        toolCalls.add(readToolCall(in));
      } else {
        in.skipChildren();
      }
    }
  }

  private static ToolCallFragment readToolCall(JsonParser in) throws IOException {
    Integer index = null;
    String id = null;
    ToolCallFragment function = new ToolCallFragment(null, null, null, null);
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      in.nextToken();
      switch (name) {
        case "index" -> index = JsonFields.position(in);
        case "id" -> id = JsonFields.text(in);
        case "function" -> function = readFunction(in, null, null);
        default -> in.skipChildren();
      }
    }
    return new ToolCallFragment(index, id, function.name(), function.arguments());
  }

  private static ToolCallFragment readFunction(
      JsonParser in, @Nullable Integer index, @Nullable String id) throws IOException {
    String function = null;
    String arguments = null;
    if (in.currentToken() != JsonToken.START_OBJECT) {
      in.skipChildren();
      return new ToolCallFragment(index, id, null, null);
    }
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      in.nextToken();
      switch (name) {
        case "name" -> function = JsonFields.text(in);
        case "arguments" -> arguments = arguments(in);
        default -> in.skipChildren();
      }
    }
    return new ToolCallFragment(index, id, function, arguments);
  }

  /** Some servers send the arguments as an object or a list instead of its text. */
  private static @Nullable String arguments(JsonParser in) throws IOException {
    if (!in.currentToken().isStructStart()) {
      return JsonFields.text(in);
    }
    StringWriter text = new StringWriter();
    try (JsonGenerator out = Json.FACTORY.createGenerator(text)) {
      Json.copyValue(in, out);
    }
    return text.toString();
  }
}
