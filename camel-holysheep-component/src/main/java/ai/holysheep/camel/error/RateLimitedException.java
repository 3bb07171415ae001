package ai.holysheep.camel.error;

import org.jspecify.annotations.Nullable;

/**
 * Too many requests or tokens in a while: the same request may succeed after {@link
 * #getRetryAfter}.
 */
public final class RateLimitedException extends HolySheepException {

  public RateLimitedException(String message, FailureContext context) {
    this(message, context, null);
  }

  public RateLimitedException(String message, FailureContext context, @Nullable Throwable cause) {
    super(message, context, cause);
  }
}
