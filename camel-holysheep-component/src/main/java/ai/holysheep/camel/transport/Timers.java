package ai.holysheep.camel.transport;

import java.time.Duration;

/** Time, so that tests can hold the clock. Thread-safe. */
public interface Timers {

  /** A clock for differences, in nanoseconds; says nothing about the date. */
  long nanoTime();

  /**
   * Runs a short task once, on the timers' own thread, after the delay.
   *
   * @return withdraws the task; running it after the task ran does nothing
   */
  Runnable schedule(Duration delay, Runnable task);
}
