package ai.holysheep.camel.transport;

import java.time.Duration;
import java.time.Instant;

/** Time, so that tests can hold the clock. Thread-safe. */
public interface Timers {

  /** A clock for differences, in nanoseconds; says nothing about the date. */
  long nanoTime();

  /** The date; may jump, so it is no measure of how long something takes. */
  Instant now();

  /**
   * Runs a short task once, on the timers' own thread, after the delay.
   *
   * @return withdraws the task; running it after the task ran does nothing
   */
  Runnable schedule(Duration delay, Runnable task);
}
