package ai.holysheep.camel.client;

import ai.holysheep.camel.error.Deadline;
import ai.holysheep.camel.transport.Timers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Watches how long one call makes its reader wait. The reader says when it begins and ends to wait;
 * when a wait takes too long, the timers' thread runs the alarm, once. A timer that is already set
 * for an earlier moment is kept and looks again when it fires, so that a stream of many tokens does
 * not set a timer for each.
 */
final class Watch {

  private static final long NEVER = Long.MAX_VALUE;

  private final Timers timers;
  private final Deadlines deadlines;
  private final Runnable alarm;

  // Guarded by this.
  private boolean waiting;
  private boolean closed;
  private boolean firstEventCame;
  private long waitBeganNanos;
  private long waitedNanos;
  private long dueNanos = NEVER;
  private Deadline dueDeadline = Deadline.FIRST_TOKEN;
  private @Nullable Runnable withdrawTimer;
  private long timerDueNanos = NEVER;
  private @Nullable Deadline expired;

  Watch(Timers timers, Deadlines deadlines, Runnable alarm) {
    this.timers = timers;
    this.deadlines = deadlines;
    this.alarm = alarm;
  }

  synchronized void beginWait() {
    waiting = true;
    waitBeganNanos = timers.nanoTime();
    dueNanos = NEVER;
    if (firstEventCame) {
      consider(Deadline.IDLE, deadlines.idle(), 0);
    } else {
      consider(Deadline.FIRST_TOKEN, deadlines.firstToken(), waitedNanos);
    }
    consider(Deadline.TOTAL, deadlines.total(), waitedNanos);
    setTimer();
  }

  synchronized void endWait() {
    waiting = false;
    waitedNanos += timers.nanoTime() - waitBeganNanos;
  }

  /** From now on the idle deadline counts. */
  synchronized void firstEvent() {
    firstEventCame = true;
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
      default -> deadlines.total();
    };
  }

  private void consider(Deadline deadline, Duration limit, long usedNanos) {
    if (limit.isZero()) {
      return;
    }
    long due = waitBeganNanos + limit.toNanos() - usedNanos;
    if (dueNanos == NEVER || due - dueNanos < 0) {
      dueNanos = due;
      dueDeadline = deadline;
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
    if (isTooLate()) {
      alarm.run();
    }
  }

  private synchronized boolean isTooLate() {
    timerDueNanos = NEVER;
    withdrawTimer = null;
    if (closed || !waiting || expired != null) {
      return false;
    }
    if (timers.nanoTime() - dueNanos < 0) {
      setTimer();
      return false;
    }
    expired = dueDeadline;
    return true;
  }
}
