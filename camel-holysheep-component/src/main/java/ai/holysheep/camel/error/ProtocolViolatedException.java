package ai.holysheep.camel.error;

import org.jspecify.annotations.Nullable;

/**
 * The peer sent something that is not an answer: another protocol, another format, beyond a limit.
 */
public final class ProtocolViolatedException extends HolySheepException {

  public ProtocolViolatedException(String message, FailureContext context) {
    this(message, context, null);
  }

  public ProtocolViolatedException(
      String message, FailureContext context, @Nullable Throwable cause) {
    super(message, context, cause);
  }
}
