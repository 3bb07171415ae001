package ai.holysheep.camel.convert.join;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a part wherever it has been: as they were set, as text, or as bytes. Camel's
 * producer for Kafka makes four or eight bytes of a number, and its consumer leaves them so.
 */
record PartHeaders(Message message) {

  /** A text; null where there is none, or an empty one. */
  @Nullable String text(String name) {
    Object value = message.getHeader(name);
    if (value == null) {
      return null;
    }
    String text =
        value instanceof byte[] bytes
            ? new String(bytes, StandardCharsets.UTF_8)
            : String.valueOf(value);
    return text.isEmpty() ? null : text;
  }

  /** A number that is not negative; null where there is none. */
  @Nullable Long number(String name) {
    Object value = message.getHeader(name);
    Long number;
    if (value instanceof Number known) {
      number = known.longValue();
    } else if (value instanceof byte[] bytes && !isDigits(bytes)) {
      number = binary(bytes);
    } else {
      number = parsed(text(name));
    }
    return number == null || number < 0 ? null : number;
  }

  long numberOrZero(String name) {
    Long number = number(name);
    return number == null ? 0 : number;
  }

  /** A length of time in milliseconds; null where there is none. */
  @Nullable Duration millis(String name) {
    Long millis = number(name);
    return millis == null ? null : Duration.ofMillis(millis);
  }

  /** A small number; null where there is none. */
  @Nullable Integer position(String name) {
    Long number = number(name);
    return number == null || number > Integer.MAX_VALUE ? null : number.intValue();
  }

  /** An amount of money that is not negative; null where there is none. */
  @Nullable BigDecimal amount(String name) {
    if (message.getHeader(name) instanceof BigDecimal known) {
      return known;
    }
    String text = text(name);
    try {
      BigDecimal amount = text == null ? null : new BigDecimal(text.strip());
      return amount == null || amount.signum() < 0 ? null : amount;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** A number with a fraction that is not negative; null where there is none. */
  @Nullable Double decimal(String name) {
    BigDecimal written = amount(name);
    if (written != null) {
      return written.doubleValue();
    }
    boolean isBinary =
        message.getHeader(name) instanceof byte[] bytes && bytes.length == Double.BYTES;
    double number = isBinary ? ByteBuffer.wrap((byte[]) message.getHeader(name)).getDouble() : -1;
    return number >= 0 ? number : null;
  }

  /** As a number of four or eight bytes, digits would be far beyond any that is counted here. */
  private static boolean isDigits(byte[] bytes) {
    for (byte each : bytes) {
      if (each < '0' || each > '9') {
        return false;
      }
    }
    return bytes.length > 0;
  }

  private static @Nullable Long binary(byte[] bytes) {
    return switch (bytes.length) {
      case Integer.BYTES -> (long) ByteBuffer.wrap(bytes).getInt();
      case Long.BYTES -> ByteBuffer.wrap(bytes).getLong();
      default -> null;
    };
  }

  private static @Nullable Long parsed(@Nullable String text) {
    try {
      return text == null ? null : Long.valueOf(text.strip());
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
