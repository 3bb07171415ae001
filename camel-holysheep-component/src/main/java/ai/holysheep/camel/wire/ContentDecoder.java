package ai.holysheep.camel.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@code content} that is a list of parts, or one part, instead of a string: texts, and the
 * thoughts that Mistral's models put there as parts of the type {@code thinking}. Used once.
 */
final class ContentDecoder {

  private final StringBuilder text = new StringBuilder();
  private final StringBuilder thoughts = new StringBuilder();

  /** Expects the parser at the start of the list, or of the part. */
  static ContentDecoder decode(JsonParser in) throws IOException {
    ContentDecoder content = new ContentDecoder();
    if (in.currentToken() == JsonToken.START_ARRAY) {
      content.readParts(in, content.text);
    } else {
      content.readPart(in, content.text);
    }
    return content;
  }

  /** Null where there is no text. */
  @Nullable String text() {
    return text.isEmpty() ? null : text.toString();
  }

  /** Null where there are no thoughts. */
  @Nullable String thoughts() {
    return thoughts.isEmpty() ? null : thoughts.toString();
  }

  private void readParts(JsonParser in, StringBuilder target) throws IOException {
    while (in.nextToken() != JsonToken.END_ARRAY) {
      if (in.currentToken() == JsonToken.START_OBJECT) {
        readPart(in, target);
      } else {
        append(in, target);
      }
    }
  }

  private void readPart(JsonParser in, StringBuilder target) throws IOException {
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      JsonToken value = in.nextToken();
      switch (name) {
        case "text" -> append(in, target);
        case "thinking" -> {
          if (value == JsonToken.START_ARRAY && !JsonFields.isTooDeepToFollow(in)) {
            readParts(in, thoughts);
          } else {
            append(in, thoughts);
          }
        }
        default -> in.skipChildren();
      }
    }
  }

  private static void append(JsonParser in, StringBuilder target) throws IOException {
    if (in.currentToken() == JsonToken.VALUE_STRING) {
      target.append(in.getText());
    } else {
      in.skipChildren();
    }
  }
}
