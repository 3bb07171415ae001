package ai.holysheep.camel.error;

import org.jspecify.annotations.Nullable;

/** The call was cancelled on this side. */
public final class CallCancelledException extends HolySheepException {

  public CallCancelledException(String message, FailureContext context) {
    this(message, context, null);
  }

  public CallCancelledException(String message, FailureContext context, @Nullable Throwable cause) {
    super(message, context, cause);
  }
}
