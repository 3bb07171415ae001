package ai.holysheep.camel.wire;

import ai.holysheep.camel.chat.ProviderError;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a server says about an error: OpenAI's {@code {"error":{...}}}, an error that is a
 * plain string, {@code {"message":...}} and {@code {"detail":...}} of other servers, plain text.
 * HTML and empty bodies say nothing.
 */
public final class ErrorDecoder {

  private static final int LONGEST_TEXT = 500;

  private @Nullable String message;
  private @Nullable String type;
  private @Nullable String code;
  private @Nullable String param;

  private ErrorDecoder() {}

  /** Decodes the body of a reply. Never throws: what cannot be understood is left out. */
  public static ProviderError decode(byte[] body) {
    try (JsonParser in = Json.parser(body, 0, body.length)) {
      if (in.nextToken() == JsonToken.START_OBJECT) {
        ErrorDecoder fields = new ErrorDecoder();
        fields.read(in);
        return fields.error();
      }
    } catch (IOException e) {
      return plainText(body);
    }
    return plainText(body);
  }

  /** Expects the parser at the value of {@code error}; null where that is null. */
  static @Nullable ProviderError decode(JsonParser in) throws IOException {
    ErrorDecoder fields = new ErrorDecoder();
    if (in.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    if (in.currentToken() == JsonToken.START_OBJECT) {
      fields.read(in);
    } else {
      fields.message = JsonFields.text(in);
    }
    return fields.error();
  }

  private void read(JsonParser in) throws IOException {
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      JsonToken value = in.nextToken();
      switch (name) {
        case "error" -> {
          if (value == JsonToken.START_OBJECT) {
            read(in);
          } else {
            message = JsonFields.text(in);
          }
        }
        case "message", "detail" -> message = firstKnown(message, JsonFields.text(in));
        case "type" -> type = JsonFields.text(in);
        case "code" -> code = JsonFields.text(in);
        case "param" -> param = JsonFields.text(in);
        default -> in.skipChildren();
      }
    }
  }

  private ProviderError error() {
    return new ProviderError(shortened(message), type, code, param);
  }

  private static ProviderError plainText(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8).strip();
    boolean says = !text.isEmpty() && !text.startsWith("<") && !text.startsWith("{");
    return says ? new ProviderError(shortened(text), null, null, null) : ProviderError.UNKNOWN;
  }

  private static @Nullable String firstKnown(@Nullable String known, @Nullable String offered) {
    return known == null ? offered : known;
  }

  private static @Nullable String shortened(@Nullable String text) {
    if (text == null || text.length() <= LONGEST_TEXT) {
      return text;
    }
    return text.substring(0, LONGEST_TEXT) + "...";
  }
}
