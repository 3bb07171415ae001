package ai.holysheep.camel.error;

import org.jspecify.annotations.Nullable;

/** The network's fault: the server could not be reached, or the connection broke. */
public final class TransportFailedException extends HolySheepException {

  public TransportFailedException(String message, FailureContext context) {
    this(message, context, null);
  }

  public TransportFailedException(
      String message, FailureContext context, @Nullable Throwable cause) {
    super(message, context, cause);
  }
}
