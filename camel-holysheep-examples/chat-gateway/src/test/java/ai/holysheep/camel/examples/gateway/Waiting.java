package ai.holysheep.camel.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for what is bound to happen. */
public final class Waiting {

  private static final Duration LONGEST = Duration.ofSeconds(30);

  private Waiting() {}

  /** Returns when it holds; fails when it does not for half a minute. */
  public static void until(Callable<Boolean> holds) throws Exception {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    while (!holds.call()) {
      assertThat(System.nanoTime()).as("it never happened").isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }
}
