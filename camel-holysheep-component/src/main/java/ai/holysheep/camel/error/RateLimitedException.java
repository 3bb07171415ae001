package ai.holysheep.camel.error;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Too many requests or tokens in a while: the same request may succeed after a pause. */
public final class RateLimitedException extends HolySheepException {

  private final @Nullable Duration retryAfter;

  public RateLimitedException(
      String message, FailureContext context, @Nullable Duration retryAfter) {
    super(message, context, null);
    this.retryAfter = retryAfter;
  }

  /** How long the server asks to wait; null where it does not say. */
  public @Nullable Duration getRetryAfter() {
    return retryAfter;
  }
}
