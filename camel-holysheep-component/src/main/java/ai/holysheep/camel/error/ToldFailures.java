package ai.holysheep.camel.error;

import static java.util.Map.entry;

import java.time.Duration;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Failures that happened elsewhere, made again from what was told about them. */
public final class ToldFailures {

  private static final Map<String, BiFunction<String, FailureContext, HolySheepException>> BY_NAME =
      Map.ofEntries(
          entry("RequestRejectedException", RequestRejectedException::new),
          entry("AuthenticationFailedException", AuthenticationFailedException::new),
          entry("QuotaExhaustedException", QuotaExhaustedException::new),
          entry("RateLimitedException", RateLimitedException::new),
          entry("ProviderUnavailableException", ProviderUnavailableException::new),
          entry("TransportFailedException", TransportFailedException::new),
          entry("DeadlineExceededException", ToldFailures::late),
          entry("StreamTruncatedException", StreamTruncatedException::new),
          entry("ProtocolViolatedException", ProtocolViolatedException::new),
          entry("BudgetExceededException", BudgetExceededException::new),
          entry("CallCancelledException", CallCancelledException::new));

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
