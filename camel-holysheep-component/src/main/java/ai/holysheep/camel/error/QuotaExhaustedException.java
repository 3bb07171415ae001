package ai.holysheep.camel.error;

import org.jspecify.annotations.Nullable;

/** The account's to mend: there is no credit left. Waiting does not help. */
public final class QuotaExhaustedException extends HolySheepException {

  public QuotaExhaustedException(String message, FailureContext context) {
    this(message, context, null);
  }

  public QuotaExhaustedException(
      String message, FailureContext context, @Nullable Throwable cause) {
    super(message, context, cause);
  }
}
