package ai.holysheep.camel.error;

import org.jspecify.annotations.Nullable;

/** The account's to mend: the key is missing, wrong, or not allowed to do this. */
public final class AuthenticationFailedException extends HolySheepException {

  public AuthenticationFailedException(String message, FailureContext context) {
    this(message, context, null);
  }

  public AuthenticationFailedException(
      String message, FailureContext context, @Nullable Throwable cause) {
    super(message, context, cause);
  }
}
