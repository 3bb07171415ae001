package ai.holysheep.camel.client;

import ai.holysheep.camel.error.RetryAdvice;
import ai.holysheep.camel.transport.Reply;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * What the head of a reply says about another try: {@code x-should-retry}, and how long to wait in
 * {@code retry-after-ms}, or {@code Retry-After} in seconds or as a date (RFC 9110, 10.2.3). A date
 * is compared with the server's own {@code Date}, so that a clock that is wrong here does not
 * matter.
 */
final class RetryHeaders {

  /** Longer than anybody waits, and still a number of nanos. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private RetryHeaders() {}

  /** What cannot be understood counts as not said. */
  static RetryAdvice of(Reply reply) {
    return new RetryAdvice(shouldRetry(reply.header("x-should-retry")), retryAfter(reply));
  }

  private static @Nullable Boolean shouldRetry(@Nullable String value) {
    String word = value == null ? "" : value.strip();
    boolean yes = word.equalsIgnoreCase("true");
    return yes || word.equalsIgnoreCase("false") ? yes : null;
  }

  private static @Nullable Duration retryAfter(Reply reply) {
    Duration millis = number(reply.header("retry-after-ms"), 1);
    if (millis != null) {
      return millis;
    }
    String value = reply.header("Retry-After");
    Duration seconds = number(value, 1000);
    return seconds != null ? seconds : until(value, reply.header("Date"));
  }

  private static @Nullable Duration number(@Nullable String value, int millisPerUnit) {
    if (value == null || value.length() > 20) {
      return null;
    }
    try {
      BigDecimal millis = new BigDecimal(value.strip()).multiply(BigDecimal.valueOf(millisPerUnit));
      if (millis.signum() < 0) {
        return null;
      }
      boolean endless = millis.compareTo(BigDecimal.valueOf(LONGEST.toMillis())) > 0;
      return endless ? LONGEST : Duration.ofMillis(millis.longValue());
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static @Nullable Duration until(@Nullable String date, @Nullable String now) {
    if (date == null || now == null) {
      return null;
    }
    try {
      Duration wait = Duration.between(parse(now), parse(date));
      if (wait.isNegative()) {
        return Duration.ZERO;
      }
      return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static ZonedDateTime parse(String date) {
    return ZonedDateTime.parse(date.strip(), DateTimeFormatter.RFC_1123_DATE_TIME);
  }
}
