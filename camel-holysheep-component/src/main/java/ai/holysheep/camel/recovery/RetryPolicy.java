package ai.holysheep.camel.recovery;

import ai.holysheep.camel.error.AuthenticationFailedException;
import ai.holysheep.camel.error.Deadline;
import ai.holysheep.camel.error.DeadlineExceededException;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.error.Progress;
import ai.holysheep.camel.error.ProviderUnavailableException;
import ai.holysheep.camel.error.RateLimitedException;
import ai.holysheep.camel.error.RequestRejectedException;
import ai.holysheep.camel.error.StreamTruncatedException;
import ai.holysheep.camel.error.TransportFailedException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When a call is tried again. As long as nothing of the answer has been handed on, another try
 * repeats nothing that the route has seen; after that, only what {@code recovery} says.
 *
 * @param maxReconnects how many tries may follow the first one; 0 for none
 * @param reconnectDelay the wait before the n-th further try is about n times this
 * @param maxRetryAfter the longest wait that a server may ask for; when it asks for more, the call
 *     fails at once
 * @param recovery what to do when parts have been handed on
 * @param deadlines those after which a call is tried again
 */
public record RetryPolicy(
    int maxReconnects,
    Duration reconnectDelay,
    Duration maxRetryAfter,
    Recovery recovery,
    Set<Deadline> deadlines) {

  /** Every failure is final. */
  public static final RetryPolicy NEVER =
      new RetryPolicy(0, Duration.ZERO, Duration.ZERO, Recovery.FAIL);

  /** Whoever wants to wait longer than this wants a queue. */
  private static final Duration LONGEST_DELAY = Duration.ofDays(1);

  public RetryPolicy {
    deadlines = Set.copyOf(deadlines);
  }

  /** One that tries again after all deadlines of the server. */
  public RetryPolicy(
      int maxReconnects, Duration reconnectDelay, Duration maxRetryAfter, Recovery recovery) {
    this(
        maxReconnects,
        reconnectDelay,
        maxRetryAfter,
        recovery,
        EnumSet.of(Deadline.CONNECT, Deadline.FIRST_TOKEN, Deadline.IDLE));
  }

  /**
   * The same for answers that come all at once: a server that has worked on one for many minutes is
   * not asked, and paid, for it again.
   */
  public RetryPolicy forWholeAnswer() {
    return new RetryPolicy(
        maxReconnects, reconnectDelay, maxRetryAfter, recovery, EnumSet.of(Deadline.CONNECT));
  }

  /**
   * Decides what follows from a failure.
   *
   * @param failure what went wrong, and in which try
   * @param continuable whether a model could go on after what had come
   * @param chance a random number from 0 to 1; moves the delay, so that many calls that failed
   *     together do not come back together
   */
  public Decision decide(HolySheepException failure, boolean continuable, double chance) {
    Way way = way(failure, continuable);
    boolean mayTry = failure.getAttempt() <= maxReconnects && isWorthAnotherTry(failure);
    if (way == null || !mayTry || asksForTooLong(failure.getRetryAfter())) {
      return new GiveUp();
    }
    return new RetryAfter(delay(failure, chance), way);
  }

  private @Nullable Way way(HolySheepException failure, boolean continuable) {
    if (failure.getProgress() != Progress.PARTIAL) {
      return Way.SEND_AGAIN;
    }
    return switch (recovery) {
      case FAIL -> null;
      case RESTART -> Way.START_OVER;
      case CONTINUE -> continuable ? Way.GO_ON : null;
    };
  }

  private boolean isWorthAnotherTry(HolySheepException failure) {
    Boolean advice = failure.getContext().response().advice().shouldRetry();
    if (isOfTheServer(failure)) {
      return !Boolean.FALSE.equals(advice);
    }
    boolean mayBeMended =
        failure instanceof RequestRejectedException
            || failure instanceof AuthenticationFailedException;
    return mayBeMended && Boolean.TRUE.equals(advice);
  }

  private boolean isOfTheServer(HolySheepException failure) {
    return failure instanceof RateLimitedException
        || failure instanceof ProviderUnavailableException
        || failure instanceof TransportFailedException
        || failure instanceof StreamTruncatedException
        || failure instanceof DeadlineExceededException late
            && deadlines.contains(late.getDeadline());
  }

  private boolean asksForTooLong(@Nullable Duration retryAfter) {
    return retryAfter != null && retryAfter.compareTo(maxRetryAfter) > 0;
  }

  /** What the server asks for is the least; what we choose lies around its mean. */
  private Duration delay(HolySheepException failure, double chance) {
    Duration retryAfter = failure.getRetryAfter();
    return retryAfter == null
        ? times(reconnectDelay, failure.getAttempt() * (0.5 + chance))
        : retryAfter.plus(times(reconnectDelay, chance));
  }

  private static Duration times(Duration duration, double factor) {
    double millis = duration.toMillis() * factor;
    return Duration.ofMillis(Math.round(Math.min(millis, LONGEST_DELAY.toMillis())));
  }
}
