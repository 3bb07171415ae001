package ai.holysheep.camel.error;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is said about another try.
 *
 * @param shouldRetry the header {@code x-should-retry}; false also where the same failure would
 *     come again, such as a certificate that is not trusted; null where nobody says
 * @param retryAfter how long it asks to wait, from {@code retry-after-ms} or {@code Retry-After};
 *     null where it does not say
 */
public record RetryAdvice(@Nullable Boolean shouldRetry, @Nullable Duration retryAfter) {

  /** The server says nothing. */
  public static final RetryAdvice NONE = new RetryAdvice(null, null);
}
