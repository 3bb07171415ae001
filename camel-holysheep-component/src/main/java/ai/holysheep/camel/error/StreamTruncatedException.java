package ai.holysheep.camel.error;

import org.jspecify.annotations.Nullable;

/** The stream ended before the model had finished: what was received is not the whole answer. */
public final class StreamTruncatedException extends HolySheepException {

  public StreamTruncatedException(String message, FailureContext context) {
    this(message, context, null);
  }

  public StreamTruncatedException(
      String message, FailureContext context, @Nullable Throwable cause) {
    super(message, context, cause);
  }
}
