package ai.holysheep.camel.error;

import org.jspecify.annotations.Nullable;

/** The provider has a fault or is overloaded. Waiting may help. */
public final class ProviderUnavailableException extends HolySheepException {

  public ProviderUnavailableException(String message, FailureContext context) {
    this(message, context, null);
  }

  public ProviderUnavailableException(
      String message, FailureContext context, @Nullable Throwable cause) {
    super(message, context, cause);
  }
}
