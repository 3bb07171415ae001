package ai.holysheep.camel.error;

import org.jspecify.annotations.Nullable;

/**
 * The route's own limit: the call would use, or has used, more than its options allow. Nothing was
 * sent, or the answer was stopped in the middle, and what had come is kept.
 */
public final class BudgetExceededException extends HolySheepException {

  public BudgetExceededException(String message, FailureContext context) {
    this(message, context, null);
  }

  public BudgetExceededException(
      String message, FailureContext context, @Nullable Throwable cause) {
    super(message, context, cause);
  }
}
