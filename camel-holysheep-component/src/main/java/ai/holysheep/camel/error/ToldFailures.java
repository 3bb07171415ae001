package ai.holysheep.camel.error;

import java.time.Duration;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Failures that happened elsewhere, made again from what was told about them. */
public final class ToldFailures {

  private static final Map<String, BiFunction<String, FailureContext, HolySheepException>> BY_NAME =
      Map.of(
          "RequestRejectedException", RequestRejectedException::new,
          "AuthenticationFailedException", AuthenticationFailedException::new,
          "QuotaExhaustedException", QuotaExhaustedException::new,
          "RateLimitedException", RateLimitedException::new,
          "ProviderUnavailableException", ProviderUnavailableException::new,
          "TransportFailedException", TransportFailedException::new,
          "DeadlineExceededException", ToldFailures::late,
          "StreamTruncatedException", StreamTruncatedException::new,
          "ProtocolViolatedException", ProtocolViolatedException::new,
          "CallCancelledException", CallCancelledException::new);

  private ToldFailures() {}

  /**
   * The failure.
   *
   * @param name the simple name of its class; one that is not known here, or null, gives a {@link
   *     ProviderUnavailableException}
   * @param message its message, whole as it was
   */
  public static HolySheepException of(
      @Nullable String name, String message, FailureContext context) {
    return BY_NAME
        .getOrDefault(name == null ? "" : name, ProviderUnavailableException::new)
        .apply(message, context);
  }

  /** Which clock it was is in the message alone. */
  private static HolySheepException late(String message, FailureContext context) {
    return new DeadlineExceededException(message, context, Deadline.TOTAL, Duration.ZERO, null);
  }
}
