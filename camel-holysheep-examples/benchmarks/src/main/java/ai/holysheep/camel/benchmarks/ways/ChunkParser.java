package ai.holysheep.camel.benchmarks.ways;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Takes out of the JSON of a chunk what the ways by hand are after. */
final class ChunkParser {

  private static final JsonFactory JSON = new JsonFactory();
  private static final byte[] DATA = {'d', 'a', 't', 'a', ':'};

  private ChunkParser() {}

  /**
   * Reads a line of a stream.
   *
   * @return the text of a token, the number of tokens as a Long, or null where it has neither
   */
  static @Nullable Object parse(byte[] bytes, int from, int length) throws IOException {
    if (!isData(bytes, from, length)) {
      return null;
    }
    try (JsonParser parser = JSON.createParser(bytes, from + DATA.length, length - DATA.length)) {
      return parser.nextToken() == JsonToken.START_OBJECT ? chunk(parser) : null;
    }
  }

  private static boolean isData(byte[] bytes, int from, int length) {
    if (length <= DATA.length) {
      return false;
    }
    for (int i = 0; i < DATA.length; i++) {
      if (bytes[from + i] != DATA[i]) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable Object chunk(JsonParser parser) throws IOException {
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken value = parser.nextToken();
      if (name.equals("choices") && value == JsonToken.START_ARRAY) {
        String text = choices(parser);
        if (text != null && !text.isEmpty()) {
          return text;
        }
      } else if (name.equals("usage") && value == JsonToken.START_OBJECT) {
        return completionTokens(parser);
      } else {
        parser.skipChildren();
      }
    }
    return null;
  }

  private static @Nullable String choices(JsonParser parser) throws IOException {
    String text = null;
    while (parser.nextToken() == JsonToken.START_OBJECT) {
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        JsonToken value = parser.nextToken();
        if (name.equals("delta") && value == JsonToken.START_OBJECT) {
          text = delta(parser);
        } else {
          parser.skipChildren();
        }
      }
    }
    return text;
  }

  private static @Nullable String delta(JsonParser parser) throws IOException {
    String text = null;
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken value = parser.nextToken();
      if (name.equals("content") && value == JsonToken.VALUE_STRING) {
        text = parser.getText();
      } else {
        parser.skipChildren();
      }
    }
    return text;
  }

  private static @Nullable Long completionTokens(JsonParser parser) throws IOException {
    Long tokens = null;
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken value = parser.nextToken();
      if (name.equals("completion_tokens") && value == JsonToken.VALUE_NUMBER_INT) {
        tokens = parser.getLongValue();
      } else {
        parser.skipChildren();
      }
    }
    return tokens;
  }
}
