package ai.holysheep.camel.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Reads single values the way servers in the field write them: numbers as strings, strings that are
 * null, objects where a string was expected. What cannot be read is absent; nothing throws but
 * broken JSON. Each method expects the parser at the value and leaves it at the value's last token.
 */
final class JsonFields {

  private static final BigDecimal LONG_MAX = BigDecimal.valueOf(Long.MAX_VALUE);

  private static final int LONGEST_AMOUNT = 40;

  /** What servers nest into each other on purpose is far less deep. */
  private static final int DEEPEST_VALUE = 100;

  private JsonFields() {}

  /** Whether a value lies too deep for a reader that calls itself for each level. */
  static boolean isTooDeepToFollow(JsonParser in) {
    return in.getParsingContext().getNestingDepth() > DEEPEST_VALUE;
  }

  static @Nullable String text(JsonParser in) throws IOException {
    JsonToken token = in.currentToken();
    if (token == JsonToken.VALUE_STRING) {
      return in.getText();
    }
    if (token.isScalarValue() && token != JsonToken.VALUE_NULL) {
      return in.getText();
    }
    in.skipChildren();
    return null;
  }

  /** The text, and the same object again where it is the same text as before. */
  static @Nullable String text(JsonParser in, @Nullable String before) throws IOException {
    if (before == null || in.currentToken() != JsonToken.VALUE_STRING) {
      return text(in);
    }
    int length = in.getTextLength();
    if (length != before.length()) {
      return in.getText();
    }
    char[] characters = in.getTextCharacters();
    int offset = in.getTextOffset();
    for (int i = 0; i < length; i++) {
      if (characters[offset + i] != before.charAt(i)) {
        return in.getText();
      }
    }
    return before;
  }

  /** A count: not negative, not beyond a long. */
  static @Nullable Long count(JsonParser in) throws IOException {
    JsonToken token = in.currentToken();
    if (token == JsonToken.VALUE_NUMBER_INT
        && in.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      long value = in.getLongValue();
      return value < 0 ? null : value;
    }
    if (token == JsonToken.VALUE_NUMBER_FLOAT || token == JsonToken.VALUE_STRING) {
      return count(in.getText());
    }
    in.skipChildren();
    return null;
  }

  private static @Nullable Long count(String text) {
    if (text.length() > 40) {
      return null;
    }
    try {
      BigDecimal value = new BigDecimal(text.strip());
      boolean usable = value.signum() >= 0 && value.compareTo(LONG_MAX) <= 0;
      return usable ? value.longValue() : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** An amount of money: not negative, and no longer than one is written. */
  static @Nullable BigDecimal amount(JsonParser in) throws IOException {
    if (!in.currentToken().isNumeric() && in.currentToken() != JsonToken.VALUE_STRING) {
      in.skipChildren();
      return null;
    }
    String text = in.getText().strip();
    if (text.length() > LONGEST_AMOUNT) {
      return null;
    }
    try {
      BigDecimal amount = new BigDecimal(text);
      boolean usable = amount.signum() >= 0 && Math.abs(amount.scale()) <= LONGEST_AMOUNT;
      return usable ? amount : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** A small position, as in {@code choices[].index}. */
  static @Nullable Integer position(JsonParser in) throws IOException {
    Long value = count(in);
    return value == null || value > Integer.MAX_VALUE ? null : value.intValue();
  }
}
