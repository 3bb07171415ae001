package ai.holysheep.camel.convert;

import ai.holysheep.camel.HolySheepConstants;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.error.Refusal;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Gives failures to routes in the ways in which routes of Camel look for them: two properties of
 * the exchange, and Camel's exception for HTTP as the cause. Thread-safe for the failures, not for
 * an exchange.
 */
public final class RouteFailures {

  private RouteFailures() {}

  /** Takes off what an earlier failure left on an exchange that asks anew. */
  public static void forget(Exchange exchange) {
    exchange.removeProperty(HolySheepConstants.AI_ERROR_CATEGORY);
    exchange.removeProperty(HolySheepConstants.AI_RETRY_AFTER_MILLIS);
  }

  /**
   * Notes a failure on the exchange that it fails.
   *
   * @return the same failure, with its cause
   */
  public static HolySheepException note(Exchange exchange, HolySheepException failure) {
    exchange.setProperty(HolySheepConstants.AI_ERROR_CATEGORY, ErrorCategory.of(failure).name());
    Long retryAfterMillis = retryAfterMillis(failure);
    if (retryAfterMillis == null) {
      exchange.removeProperty(HolySheepConstants.AI_RETRY_AFTER_MILLIS);
    } else {
      exchange.setProperty(HolySheepConstants.AI_RETRY_AFTER_MILLIS, retryAfterMillis);
    }
    addCause(failure);
    return failure;
  }

  static @Nullable Long retryAfterMillis(HolySheepException failure) {
    Duration retryAfter = failure.getRetryAfter();
    return retryAfter == null ? null : retryAfter.toMillis();
  }

  /** Gives a failure that came from an HTTP status the cause that routes for HTTP catch. */
  static void addCause(HolySheepException failure) {
    Refusal refusal = failure.getContext().response().refusal();
    // One failure may reach several exchanges at once.
    synchronized (failure) {
      if (refusal != null && failure.getCause() == null) {
        failure.initCause(
            RefusedByStatusException.of(refusal, String.valueOf(failure.getMessage())));
      }
    }
  }
}
