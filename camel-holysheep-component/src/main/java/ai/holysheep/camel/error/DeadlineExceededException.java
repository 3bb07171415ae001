package ai.holysheep.camel.error;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The server, or the way to it, took longer than the route allows. */
public final class DeadlineExceededException extends HolySheepException {

  private final Deadline deadline;
  private final Duration limit;

  public DeadlineExceededException(
      String message,
      FailureContext context,
      Deadline deadline,
      Duration limit,
      @Nullable Throwable cause) {
    super(message, context, cause);
    this.deadline = deadline;
    this.limit = limit;
  }

  /** Which clock ran out. */
  public Deadline getDeadline() {
    return deadline;
  }

  /** What it was set to. */
  public Duration getLimit() {
    return limit;
  }
}
