package ai.holysheep.camel.convert;

import static java.util.Map.entry;

import ai.holysheep.camel.error.AuthenticationFailedException;
import ai.holysheep.camel.error.BudgetExceededException;
import ai.holysheep.camel.error.CallCancelledException;
import ai.holysheep.camel.error.Deadline;
import ai.holysheep.camel.error.DeadlineExceededException;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.error.ProtocolViolatedException;
import ai.holysheep.camel.error.ProviderUnavailableException;
import ai.holysheep.camel.error.QuotaExhaustedException;
import ai.holysheep.camel.error.RateLimitedException;
import ai.holysheep.camel.error.RequestRejectedException;
import ai.holysheep.camel.error.StreamTruncatedException;
import ai.holysheep.camel.error.TransportFailedException;
import java.util.Map;

/** The words by which Camel's own components for models sort failures, since Camel 4.23. */
enum ErrorCategory {
  /** Waiting helps. */
  RATE_LIMIT,
  /** The server's fault, or that of the way to it. */
  SERVER_ERROR,
  /** Another try gives the same. */
  VALIDATION,
  /** The account is to be mended. */
  AUTH,
  /** Nobody's fault but the route's own. */
  UNKNOWN;

  private static final Map<Class<? extends HolySheepException>, ErrorCategory> BY_CLASS =
      Map.ofEntries(
          entry(RequestRejectedException.class, VALIDATION),
          entry(AuthenticationFailedException.class, AUTH),
          entry(QuotaExhaustedException.class, AUTH),
          entry(RateLimitedException.class, RATE_LIMIT),
          entry(ProviderUnavailableException.class, SERVER_ERROR),
          entry(TransportFailedException.class, SERVER_ERROR),
          entry(DeadlineExceededException.class, SERVER_ERROR),
          entry(StreamTruncatedException.class, SERVER_ERROR),
          entry(ProtocolViolatedException.class, VALIDATION),
          entry(BudgetExceededException.class, UNKNOWN),
          entry(CallCancelledException.class, UNKNOWN));

  static ErrorCategory of(HolySheepException failure) {
    if (failure instanceof DeadlineExceededException late && isOfTheRoute(late.getDeadline())) {
      return UNKNOWN;
    }
    return BY_CLASS.getOrDefault(failure.getClass(), UNKNOWN);
  }

  /** Whether the family's class has a category of its own. */
  static boolean knows(Class<?> type) {
    return BY_CLASS.containsKey(type);
  }

  private static boolean isOfTheRoute(Deadline deadline) {
    return deadline == Deadline.PLACE
        || deadline == Deadline.ABANDONED
        || deadline == Deadline.TOOL_RESULT;
  }
}
