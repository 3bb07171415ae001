package ai.holysheep.camel.client;

import ai.holysheep.camel.accounting.LatencyTally;
import ai.holysheep.camel.chat.Latency;
import ai.holysheep.camel.error.Deadline;
import ai.holysheep.camel.transport.Timers;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Watches how long one call makes its reader wait, and how long the reader stays away. The reader
 * says when it begins and ends to wait; when either takes too long, the timers' thread runs the
 * alarm, once. Keeps the times for those who ask how long the call took. A timer that is already
 * set for an earlier moment is kept and looks again when it fires, so that a stream of many tokens
 * does not set a timer for each.
 */
final class Watch {

  private static final long NEVER = Long.MAX_VALUE;

  private final Timers timers;
  private final Deadlines deadlines;
  private final Supplier<Runnable> alarm;

  // Guarded by this.
  private boolean closed;
  private boolean contentCame;
  private boolean silenceAllowed;
  private final LatencyTally tally;
  private boolean waiting;
  private long waitBeganNanos;
  private long dueNanos = NEVER;
  // A number, because it changes twice for each token: a reference that changes in an object as old
  // as its stream is work for the garbage collector.
  private int dueDeadline = Deadline.FIRST_TOKEN.ordinal();
  private @Nullable Runnable withdrawTimer;
  private long timerDueNanos = NEVER;
  private @Nullable Deadline expired;

  /**
   * @param alarm gives what the timers' thread is to run; asked at the moment when time is up and
   *     under the lock, so that it ends that try and not the next one
   */
  Watch(Timers timers, Deadlines deadlines, Supplier<Runnable> alarm) {
    this.timers = timers;
    this.deadlines = deadlines;
    this.alarm = alarm;
    this.tally = new LatencyTally(timers.nanoTime());
  }

  synchronized void beginWait() {
    waiting = true;
    waitBeganNanos = timers.nanoTime();
    dueNanos = NEVER;
    long silentSinceNanos = waitBeganNanos - tally.silentNanos();
    if (!contentCame) {
      consider(Deadline.FIRST_TOKEN, deadlines.firstToken(), silentSinceNanos);
    } else if (!silenceAllowed) {
      consider(Deadline.IDLE, deadlines.idle(), silentSinceNanos);
    }
    consider(Deadline.TOTAL, deadlines.total(), waitBeganNanos - tally.waitedNanos());
    setTimer();
  }

  synchronized void endWait() {
    long nanos = timers.nanoTime();
    tally.waited(waitBeganNanos, nanos);
    waiting = false;
    dueNanos = NEVER;
    consider(Deadline.ABANDONED, deadlines.abandoned(), nanos);
    setTimer();
  }

  /** Begins the wait for another try, which only the whole call's deadline can end. */
  synchronized void beginPause() {
    waiting = true;
    tally.tryAgain();
    waitBeganNanos = timers.nanoTime();
    dueNanos = NEVER;
    consider(Deadline.TOTAL, deadlines.total(), waitBeganNanos - tally.waitedNanos());
    setTimer();
  }

  /** In this try, silence in the middle of the answer is none of the deadlines. */
  synchronized void leaveSilenceToTheTransport() {
    silenceAllowed = true;
  }

  /** The first token is waited for anew; what ran out for the try before has had its effect. */
  synchronized void nextAttempt() {
    contentCame = false;
    silenceAllowed = false;
    tally.tryAgain();
    if (expired == Deadline.FIRST_TOKEN || expired == Deadline.IDLE) {
      expired = null;
    }
  }

  /**
   * The last wait brought a piece of the answer: the idle deadline begins anew.
   *
   * @return how long it made others wait, see {@link LatencyTally#pieceCame}
   */
  synchronized long pieceCame() {
    contentCame = true;
    return tally.pieceCame();
  }

  /** The last wait took the answer further: the idle deadline begins anew. */
  synchronized void progressed() {
    contentCame = true;
    tally.progressed();
  }

  /** Whether anything of the answer has come in this try. */
  synchronized boolean hasContentCome() {
    return contentCame;
  }

  /**
   * How long the call took up to now.
   *
   * @param completionTokens the tokens of the answer; null where not known
   */
  synchronized Latency latency(@Nullable Long completionTokens) {
    long nanos = timers.nanoTime();
    if (waiting) {
      tally.waited(waitBeganNanos, nanos);
      waitBeganNanos = nanos;
    }
    return tally.latency(nanos, completionTokens);
  }

  synchronized void close() {
    closed = true;
    if (withdrawTimer != null) {
      withdrawTimer.run();
    }
  }

  /** Which deadline ran out; null where none did. */
  synchronized @Nullable Deadline expired() {
    return expired;
  }

  /** What a deadline is set to. */
  Duration limit(Deadline deadline) {
    return switch (deadline) {
      case FIRST_TOKEN -> deadlines.firstToken();
      case IDLE -> deadlines.idle();
      case ABANDONED -> deadlines.abandoned();
      default -> deadlines.total();
    };
  }

  private void consider(Deadline deadline, Duration limit, long sinceNanos) {
    if (limit.isZero()) {
      return;
    }
    long due = sinceNanos + limit.toNanos();
    if (dueNanos == NEVER || due - dueNanos < 0) {
      dueNanos = due;
      dueDeadline = deadline.ordinal();
    }
  }

  private void setTimer() {
    boolean covered = timerDueNanos != NEVER && timerDueNanos - dueNanos <= 0;
    if (closed || dueNanos == NEVER || covered) {
      return;
    }
    if (withdrawTimer != null) {
      withdrawTimer.run();
    }
    timerDueNanos = dueNanos;
    Duration delay = Duration.ofNanos(Math.max(0, dueNanos - timers.nanoTime()));
    withdrawTimer = timers.schedule(delay, this::look);
  }

  private void look() {
    Runnable due = whatIsDue();
    if (due != null) {
      due.run();
    }
  }

  private synchronized @Nullable Runnable whatIsDue() {
    timerDueNanos = NEVER;
    withdrawTimer = null;
    if (closed || expired != null || dueNanos == NEVER) {
      return null;
    }
    if (timers.nanoTime() - dueNanos < 0) {
      setTimer();
      return null;
    }
    expired = Deadline.values()[dueDeadline];
    return alarm.get();
  }
}
