package ai.holysheep.camel.error;

import org.jspecify.annotations.Nullable;

/**
 * The caller's to mend: the request, a header or the model's name is wrong. Another try gives the
 * same.
 */
public final class RequestRejectedException extends HolySheepException {

  public RequestRejectedException(String message, FailureContext context) {
    this(message, context, null);
  }

  public RequestRejectedException(
      String message, FailureContext context, @Nullable Throwable cause) {
    super(message, context, cause);
  }
}
