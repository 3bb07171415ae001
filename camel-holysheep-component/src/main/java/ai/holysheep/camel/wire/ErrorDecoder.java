package ai.holysheep.camel.wire;

import ai.holysheep.camel.chat.ProviderError;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a server says about an error: OpenAI's {@code {"error":{...}}}, an error that is a
 * plain string, {@code {"message":...}} and {@code {"detail":...}} of other servers, each of them
 * in a list or in the data of an event, plain text. HTML and empty bodies say nothing. One decoder
 * reads one object; what an {@code error} within it says is stronger.
 */
public final class ErrorDecoder {

  private static final Pattern EVENT = Pattern.compile("\\A(?:event:[^\r\n]*\\R)?data:([^\r\n]*)");

  private @Nullable ErrorDecoder inner;
  private @Nullable String errorText;
  private @Nullable String message;
  private @Nullable String type;
  private @Nullable String code;
  private @Nullable String param;

  private ErrorDecoder() {}

  /** Decodes the body of a reply. Never throws: what cannot be understood is left out. */
  public static ProviderError decode(byte[] body) {
    try (JsonParser in = Json.parser(body, 0, body.length)) {
      JsonToken token = in.nextToken();
      token = token == JsonToken.START_ARRAY ? in.nextToken() : token;
      if (token == JsonToken.START_OBJECT) {
        return object(in);
      }
      if (token == JsonToken.VALUE_STRING) {
        return new ProviderError(in.getText(), null, null, null);
      }
    } catch (IOException e) {
      return otherText(body);
    }
    return otherText(body);
  }

  /** An error may come as an event, under a status that says that there is no stream. */
  private static ProviderError otherText(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8).replace("\uFEFF", "").strip();
    Matcher event = EVENT.matcher(text);
    return event.find() ? decode(event.group(1).getBytes(StandardCharsets.UTF_8)) : plainText(text);
  }

  /**
   * Expects the parser at the value of {@code error}; null where that says that there is none, as
   * servers do that write all their fields: null, false, 0, nothing between quotes or braces.
   */
  static @Nullable ProviderError decode(JsonParser in) throws IOException {
    if (in.currentToken() == JsonToken.VALUE_NULL || in.currentToken() == JsonToken.VALUE_FALSE) {
      return null;
    }
    if (in.currentToken() == JsonToken.VALUE_NUMBER_INT && in.getText().equals("0")) {
      return null;
    }
    ProviderError error =
        in.currentToken() == JsonToken.START_OBJECT
            ? object(in)
            : new ProviderError(JsonFields.text(in), null, null, null);
    boolean empty = error.message() == null || error.message().isEmpty();
    return empty && error.type() == null && error.code() == null ? null : error;
  }

  private static ProviderError object(JsonParser in) throws IOException {
    ErrorDecoder fields = new ErrorDecoder();
    fields.read(in);
    return fields.error();
  }

  private void read(JsonParser in) throws IOException {
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      in.nextToken();
      switch (name) {
        case "error" -> readError(in);
        case "message", "detail", "msg" -> message = firstKnown(message, complaint(in));
        case "type" -> type = JsonFields.text(in);
        case "code" -> code = JsonFields.text(in);
        case "param" -> param = JsonFields.text(in);
        default -> in.skipChildren();
      }
    }
  }

  private void readError(JsonParser in) throws IOException {
    if (in.currentToken() == JsonToken.START_OBJECT && !JsonFields.isTooDeepToFollow(in)) {
      inner = new ErrorDecoder();
      inner.read(in);
    } else {
      errorText = JsonFields.text(in);
    }
  }

  /** FastAPI lists its complaints about a request of the wrong form; the first one will do. */
  private static @Nullable String complaint(JsonParser in) throws IOException {
    if (JsonFields.isTooDeepToFollow(in)) {
      return JsonFields.text(in);
    }
    if (in.currentToken() == JsonToken.START_OBJECT) {
      return object(in).message();
    }
    if (in.currentToken() != JsonToken.START_ARRAY) {
      return JsonFields.text(in);
    }
    String first = null;
    while (in.nextToken() != JsonToken.END_ARRAY) {
      first = firstKnown(first, complaint(in));
    }
    return first;
  }

  private ProviderError error() {
    ProviderError within = inner == null ? ProviderError.UNKNOWN : inner.error();
    return new ProviderError(
        firstKnown(within.message(), firstKnown(message, errorText)),
        firstKnown(within.type(), type),
        firstKnown(within.code(), code),
        firstKnown(within.param(), param));
  }

  private static ProviderError plainText(String text) {
    boolean says = !text.isEmpty() && !text.startsWith("<") && !text.startsWith("{");
    return says ? new ProviderError(text, null, null, null) : ProviderError.UNKNOWN;
  }

  private static @Nullable String firstKnown(@Nullable String known, @Nullable String offered) {
    return known == null ? offered : known;
  }
}
