package ai.holysheep.camel.wire;

import ai.holysheep.camel.chat.ChoiceDelta;
import ai.holysheep.camel.chat.Chunk;
import ai.holysheep.camel.chat.ProviderError;
import ai.holysheep.camel.chat.Usage;
import ai.holysheep.camel.error.LimitExceededException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the messages of one call, chunk by chunk, or a whole answer, which has the same shape.
 * Unknown fields are passed over. Keeps the id and the model of the chunk before, so that a stream
 * does not make the same strings anew for every token. Not thread-safe.
 */
public final class ChunkDecoder {

  private final JsonFactory json;
  private @Nullable String id;
  private @Nullable String model;
  private @Nullable Usage usage;
  private @Nullable ProviderError error;
  private List<ChoiceDelta> choices = List.of();

  /** Reads messages that are nested up to 1000 deep. */
  public ChunkDecoder() {
    this(Json.DEFAULT_DEPTH);
  }

  /**
   * @param maxJsonDepth how deeply objects and lists of a message may be nested, at least 1
   */
  public ChunkDecoder(int maxJsonDepth) {
    this.json = Json.factory(maxJsonDepth);
  }

  /**
   * Reads one JSON object in UTF-8.
   *
   * @throws UnreadableException when it is not one
   * @throws LimitExceededException when it is nested too deeply
   */
  public Chunk decode(byte[] data, int offset, int length) throws UnreadableException {
    try (JsonParser in = json.createParser(data, offset, length)) {
      return decode(in);
    } catch (IOException e) {
      return decodeMended(new String(data, offset, length, StandardCharsets.UTF_8), e);
    }
  }

  /** Bytes that are not UTF-8 become U+FFFD in a String, and then the rest can still be read. */
  private Chunk decodeMended(String text, IOException first) throws UnreadableException {
    if (text.indexOf('\uFFFD') < 0) {
      throw unreadable(first);
    }
    try (JsonParser in = json.createParser(text)) {
      return decode(in);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static UnreadableException unreadable(IOException e) {
    return UnreadableException.at(
        e instanceof JsonProcessingException json ? json.getLocation() : null);
  }

  private Chunk decode(JsonParser in) throws IOException, UnreadableException {
    try {
      return object(in);
    } catch (StreamConstraintsException e) {
      if (Json.isTooDeep(in)) {
        int most = in.streamReadConstraints().getMaxNestingDepth();
        throw new LimitExceededException(
            "a message is nested more than " + most + " deep (option 'maxJsonDepth')");
      }
      throw e;
    }
  }

  private Chunk object(JsonParser in) throws IOException, UnreadableException {
    usage = null;
    error = null;
    choices = List.of();
    if (in.nextToken() != JsonToken.START_OBJECT) {
      throw new UnreadableException("not a JSON object");
    }
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      in.nextToken();
      readField(in, name);
    }
    if (in.currentToken() != JsonToken.END_OBJECT) {
      throw new IOException("the JSON object has no end");
    }
    return new Chunk(id, model, choices, usage, error);
  }

  private void readField(JsonParser in, String name) throws IOException {
    switch (name) {
      case "id" -> id = JsonFields.text(in, id);
      case "model" -> model = JsonFields.text(in, model);
      case "choices" -> readChoices(in);
      case "usage" -> usage = UsageDecoder.decode(in);
      case "error" -> error = ErrorDecoder.decode(in);
      default -> in.skipChildren();
    }
  }

  private void readChoices(JsonParser in) throws IOException {
    if (in.currentToken() != JsonToken.START_ARRAY) {
      in.skipChildren();
      return;
    }
    while (in.nextToken() != JsonToken.END_ARRAY) {
      if (in.currentToken() == JsonToken.START_OBJECT) {
        add(ChoiceDecoder.decode(in));
      } else {
        in.skipChildren();
      }
    }
  }

  /** Nearly every chunk has one choice, and a list of one is the cheapest there is. */
  private void add(ChoiceDelta choice) {
    if (choices.isEmpty()) {
      choices = List.of(choice);
      return;
    }
    if (choices.size() == 1) {
      choices = new ArrayList<>(choices);
    }
    choices.add(choice);
  }
}
