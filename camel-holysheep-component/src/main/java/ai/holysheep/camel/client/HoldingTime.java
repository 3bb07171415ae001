package ai.holysheep.camel.client;

import ai.holysheep.camel.transport.Timers;
import java.time.Duration;

/**
 * Hands on text that is held back to be joined with more, when it has been for too long. Belongs to
 * the thread that has the turn; the timers' thread asks for another look.
 */
final class HoldingTime {

  private final AnswerIntake intake;
  private final long longestNanos;
  private final Timers timers;
  private final Runnable lookAgain;
  private volatile boolean timing;
  private Runnable withdrawTimer = () -> {};

  /**
   * @param longest how long text may be held back; zero for as long as it takes
   * @param lookAgain run when {@link #isUp} may have become true
   */
  HoldingTime(AnswerIntake intake, Duration longest, Timers timers, Runnable lookAgain) {
    this.intake = intake;
    this.longestNanos = longest.toNanos();
    this.timers = timers;
    this.lookAgain = lookAgain;
  }

  /** Hands on what has been held back for too long; whether that made an event. */
  boolean isUp() {
    if (longestNanos == 0) {
      return false;
    }
    long heldNanos = intake.heldNanos(timers.nanoTime());
    if (heldNanos < 0) {
      return false;
    }
    if (heldNanos >= longestNanos) {
      return intake.releaseHeld();
    }
    lookIn(longestNanos - heldNanos);
    return false;
  }

  void end() {
    withdrawTimer.run();
  }

  private void lookIn(long nanos) {
    if (!timing) {
      timing = true;
      withdrawTimer = timers.schedule(Duration.ofNanos(nanos), this::look);
    }
  }

  private void look() {
    timing = false;
    lookAgain.run();
  }
}
