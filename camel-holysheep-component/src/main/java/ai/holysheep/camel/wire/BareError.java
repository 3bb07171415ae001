package ai.holysheep.camel.wire;

import ai.holysheep.camel.chat.ProviderError;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds an error that stands in a message without the envelope {@code error}: a sentence beside the
 * word "error", or beside a code that is none of success. A sentence alone is no error, because
 * servers send notes as well.
 */
final class BareError {

  private static final Pattern FAILING_STATUS = Pattern.compile("[4-9]\\d{2,}");
  private static final Pattern NUMBER = Pattern.compile("-?\\d+");
  private static final Set<String> GOOD_WORDS = Set.of("", "ok", "success");

  private boolean named;
  private @Nullable String message;
  private @Nullable String code;
  private @Nullable String status;

  /** To be called before each object. */
  void reset() {
    named = false;
    message = null;
    code = null;
    status = null;
  }

  /** The server has said that this is an error, but not what. */
  void named() {
    named = true;
  }

  /** Expects the parser at the field's value, and leaves it at the value's last token. */
  void readField(JsonParser in, String name) throws IOException {
    switch (name) {
      case "object", "type" -> named |= isError(in);
      case "message", "detail", "msg" -> message = message == null ? sentence(in) : message;
      case "code" -> code = JsonFields.text(in);
      case "status" -> status = JsonFields.text(in);
      default -> in.skipChildren();
    }
  }

  /** Null where the object is no error. */
  @Nullable ProviderError error() {
    boolean failing = named || message != null && (isFailingCode() || isFailing(status));
    if (!failing) {
      return null;
    }
    return new ProviderError(message, null, code == null ? status : code, null);
  }

  private boolean isFailingCode() {
    return isFailing(code)
        || code != null
            && !NUMBER.matcher(code).matches()
            && !GOOD_WORDS.contains(code.toLowerCase(Locale.ROOT));
  }

  private static boolean isFailing(@Nullable String number) {
    return number != null && FAILING_STATUS.matcher(number).matches();
  }

  /** Looks at the length first, so that the usual words cost no String. */
  private static boolean isError(JsonParser in) throws IOException {
    if (in.currentToken() == JsonToken.VALUE_STRING) {
      return in.getTextLength() == 5 && in.getText().equals("error");
    }
    in.skipChildren();
    return false;
  }

  private static @Nullable String sentence(JsonParser in) throws IOException {
    if (in.currentToken() == JsonToken.VALUE_STRING) {
      return in.getText();
    }
    in.skipChildren();
    return null;
  }
}
