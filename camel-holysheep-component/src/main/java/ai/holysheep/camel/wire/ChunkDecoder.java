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
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the messages of one call, chunk by chunk, or a whole answer, which has the same shape. A
 * message may hold several chunks: in a list, or one behind the other, as they are when a proxy has
 * lost the blank lines between them. Unknown fields are passed over. Keeps the id and the model of
 * the chunk before, so that a stream does not make the same strings anew for every token; and reads
 * no JSON where a message differs from one before in nothing but its text. Not thread-safe.
 */
public final class ChunkDecoder implements MessageDecoder {

  private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);

  private final JsonFactory json;
  private final BareError bareError = new BareError();
  private final TokenPatterns patterns = new TokenPatterns();
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

  @Override
  public Chunk decode(byte[] data, int offset, int length) throws UnreadableException {
    Chunk likeBefore = patterns.read(data, offset, length);
    if (likeBefore != null) {
      return likeBefore;
    }
    Chunk chunk = decodeJson(data, offset, length);
    patterns.learn(chunk, data, offset, length, this::decodeAside);
    return chunk;
  }

  private Chunk decodeAside(byte[] data, int offset, int length) throws UnreadableException {
    String idBefore = id;
    String modelBefore = model;
    try {
      return decodeJson(data, offset, length);
    } finally {
      id = idBefore;
      model = modelBefore;
    }
  }

  private Chunk decodeJson(byte[] data, int offset, int length) throws UnreadableException {
    int whole = lengthWithoutDone(data, offset, length);
    try (JsonParser in = json.createParser(data, offset, whole)) {
      return decode(in);
    } catch (IOException e) {
      return decodeMended(new String(data, offset, whole, StandardCharsets.UTF_8), e);
    }
  }

  /** The last chunk and the word that ends the stream may have become one message. */
  private static int lengthWithoutDone(byte[] data, int offset, int length) {
    int from = offset + length - DONE.length;
    boolean ends =
        from > offset && Arrays.equals(data, from, from + DONE.length, DONE, 0, DONE.length);
    return ends ? length - DONE.length : length;
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
    if (!readObject(in)) {
      throw new UnreadableException("not a JSON object");
    }
    readFurther(in);
    return new Chunk(id, model, choices, usage, error);
  }

  /** What stands behind a whole object and is no JSON, as a proxy's mark, takes nothing from it. */
  private void readFurther(JsonParser in) throws IOException {
    try {
      while (readObject(in)) {
        // Each object adds to what was read before.
      }
    } catch (IOException e) {
      if (!in.getParsingContext().inRoot()) {
        throw e;
      }
    }
  }

  /** Reads the next object, of a list too; false where none comes next. */
  private boolean readObject(JsonParser in) throws IOException {
    JsonToken token = in.nextToken();
    while (token == JsonToken.START_ARRAY || token == JsonToken.END_ARRAY) {
      token = in.nextToken();
    }
    if (token != JsonToken.START_OBJECT) {
      return false;
    }
    bareError.reset();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      in.nextToken();
      readField(in, name);
    }
    if (in.currentToken() != JsonToken.END_OBJECT) {
      throw new IOException("the JSON object has no end");
    }
    error = error == null && choices.isEmpty() ? bareError.error() : error;
    return true;
  }

  private void readField(JsonParser in, String name) throws IOException {
    switch (name) {
      case "id" -> id = JsonFields.text(in, id);
      case "model" -> model = JsonFields.text(in, model);
      case "choices" -> readChoices(in);
      case "usage" -> usage = latest(UsageDecoder.decode(in));
      case "error" -> readError(in);
      default -> bareError.readField(in, name);
    }
  }

  /** One choice may stand there without its list. */
  private void readChoices(JsonParser in) throws IOException {
    if (in.currentToken() == JsonToken.START_OBJECT) {
      ChoiceDelta only = readChoice(in).delta();
      choices = only.hasContent() ? List.of(only) : choices;
      return;
    }
    if (in.currentToken() != JsonToken.START_ARRAY) {
      return;
    }
    while (in.nextToken() != JsonToken.END_ARRAY) {
      if (in.currentToken() == JsonToken.START_OBJECT) {
        add(readChoice(in).delta());
      } else {
        in.skipChildren();
      }
    }
  }

  private ChoiceDecoder readChoice(JsonParser in) throws IOException {
    ChoiceDecoder choice = ChoiceDecoder.decode(in);
    usage = latest(choice.usage());
    return choice;
  }

  private @Nullable Usage latest(@Nullable Usage offered) {
    return offered == null ? usage : offered;
  }

  /** The first error counts. A mere true says only that the sentence beside it is one. */
  private void readError(JsonParser in) throws IOException {
    if (in.currentToken() == JsonToken.VALUE_TRUE) {
      bareError.named();
    } else if (error == null) {
      error = ErrorDecoder.decode(in);
    } else {
      in.skipChildren();
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
