package ai.holysheep.camel.wire;

import ai.holysheep.camel.chat.ChoiceDelta;
import ai.holysheep.camel.chat.Chunk;
import ai.holysheep.camel.chat.FrameNames;
import ai.holysheep.camel.chat.OtherMessage;
import ai.holysheep.camel.chat.ToolCallFragment;
import ai.holysheep.camel.chat.Usage;
import ai.holysheep.camel.error.LimitExceededException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the messages of an agent session, JSON objects whose {@code type} says what they are. A
 * message without a type may be a chunk as in a chat completion, and is read as that. One of a type
 * that is not known is passed on as it is. Not thread-safe.
 */
public final class SessionDecoder implements MessageDecoder {

  private final FrameNames names;
  private final JsonFactory json;
  private final ChunkDecoder chunks;
  private final TokenPatterns patterns = new TokenPatterns();

  /**
   * @param names what the server calls the kinds of messages
   * @param maxJsonDepth how deeply objects and lists of a message may be nested, at least 1
   */
  public SessionDecoder(FrameNames names, int maxJsonDepth) {
    this.names = names;
    this.json = Json.factory(maxJsonDepth);
    this.chunks = new ChunkDecoder(maxJsonDepth);
  }

  @Override
  public Chunk decode(byte[] data, int offset, int length) throws UnreadableException {
    Chunk likeBefore = patterns.read(data, offset, length);
    if (likeBefore != null) {
      return likeBefore;
    }
    Chunk chunk = decodeJson(data, offset, length);
    if (!chunk.last() && chunk.other() == null) {
      patterns.learn(chunk, data, offset, length, this::decodeJson);
    }
    return chunk;
  }

  /**
   * What a message of a session says that belongs to no turn.
   *
   * @return null where it cannot be read
   */
  public static @Nullable OtherMessage outsideOfATurn(String text) {
    JsonNode message = Json.tree(text);
    return message == null || !message.isObject()
        ? null
        : new OtherMessage(message.path("type").asText(""), message.toString());
  }

  private Chunk decodeJson(byte[] data, int offset, int length) throws UnreadableException {
    JsonNode message = tree(data, offset, length);
    if (!message.isObject()) {
      throw new UnreadableException("not a JSON object");
    }
    JsonNode type = message.get("type");
    if (type == null || !type.isTextual()) {
      if (!message.has("choices") && !message.has("error")) {
        throw new UnreadableException("a message without a type");
      }
      return chunks.decode(data, offset, length);
    }
    return switch (names.here(type.textValue())) {
      case FrameNames.TOKEN -> text(message, text(message), null);
      case FrameNames.REASONING -> text(message, null, text(message));
      case FrameNames.TOOL_CALL -> toolCall(message);
      case FrameNames.USAGE -> chunk(message, List.of(), usage(message), false);
      case FrameNames.DONE -> done(message);
      case FrameNames.ERROR ->
          new Chunk(
              null,
              null,
              List.of(),
              null,
              ErrorDecoder.decode(Arrays.copyOfRange(data, offset, offset + length)));
      default ->
          new Chunk(
              null,
              null,
              List.of(),
              null,
              null,
              new OtherMessage(type.textValue(), message.toString()),
              false);
    };
  }

  private JsonNode tree(byte[] data, int offset, int length) throws UnreadableException {
    try (JsonParser in = json.createParser(data, offset, length)) {
      return tree(in);
    } catch (JsonProcessingException e) {
      throw UnreadableException.at(e.getLocation());
    } catch (IOException e) {
      throw UnreadableException.at(null);
    }
  }

  private static JsonNode tree(JsonParser in) throws IOException, UnreadableException {
    try {
      JsonNode tree = Json.MAPPER.readTree(in);
      if (tree == null) {
        throw new UnreadableException("an empty message");
      }
      return tree;
    } catch (StreamConstraintsException e) {
      if (Json.isTooDeep(in)) {
        int most = in.streamReadConstraints().getMaxNestingDepth();
        throw new LimitExceededException(
            "a message is nested more than " + most + " deep (option 'maxJsonDepth')");
      }
      throw e;
    }
  }

  private static @Nullable String text(JsonNode message) {
    return first(message, "content", "text", "delta", "token");
  }

  private static Chunk text(JsonNode message, @Nullable String text, @Nullable String reasoning) {
    return chunk(
        message, List.of(new ChoiceDelta(0, text, reasoning, List.of(), null)), null, false);
  }

  private static Chunk toolCall(JsonNode message) {
    JsonNode call = message.path("tool_call").isObject() ? message.get("tool_call") : message;
    JsonNode function = call.path("function").isObject() ? call.get("function") : call;
    ToolCallFragment whole =
        new ToolCallFragment(
            null,
            first(call, "id", "tool_call_id", "call_id"),
            first(function, "name", "tool"),
            arguments(function),
            true);
    return new Chunk(
        null,
        first(message, "model"),
        List.of(new ChoiceDelta(0, null, null, List.of(whole), null)),
        null,
        null);
  }

  /** Without any, the tool has no parameters, and an empty object says so to everybody. */
  private static String arguments(JsonNode function) {
    for (String name : List.of("arguments", "args", "input")) {
      JsonNode arguments = function.path(name);
      if (arguments.isTextual()) {
        return arguments.textValue();
      }
      if (arguments.isContainerNode()) {
        return arguments.toString();
      }
    }
    return "{}";
  }

  private static Chunk done(JsonNode message) {
    String reason = first(message, "finish_reason", "finishReason", "reason");
    return chunk(
        message,
        List.of(new ChoiceDelta(0, null, null, List.of(), reason)),
        message.has("usage") ? usage(message) : null,
        true);
  }

  private static @Nullable Usage usage(JsonNode message) {
    JsonNode figures = message.path("usage").isObject() ? message.get("usage") : message;
    try (JsonParser in = figures.traverse()) {
      in.nextToken();
      return UsageDecoder.decode(in);
    } catch (IOException e) {
      return null;
    }
  }

  private static Chunk chunk(
      JsonNode message, List<ChoiceDelta> choices, @Nullable Usage usage, boolean last) {
    return new Chunk(
        first(message, "response_id", "id"),
        first(message, "model"),
        choices,
        usage,
        null,
        null,
        last);
  }

  private static @Nullable String first(JsonNode message, String... names) {
    for (String name : names) {
      JsonNode value = message.path(name);
      if (value.isTextual()) {
        return value.textValue();
      }
    }
    return null;
  }
}
