package ai.holysheep.camel.client;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Does a piece of work once more after each time that it was asked for, and never twice at once.
 * What one turn has written the next one sees. Thread-safe; asking neither waits nor throws.
 */
final class Turns {

  private final AtomicInteger asked = new AtomicInteger();
  private final Executor executor;
  private final BooleanSupplier work;

  /**
   * @param work gets as far as it can; false where others should have a turn before it goes on
   */
  Turns(Executor executor, BooleanSupplier work) {
    this.executor = executor;
    this.work = work;
  }

  void ask() {
    if (asked.getAndIncrement() == 0) {
      executor.execute(this::run);
    }
  }

  private void run() {
    int done = 1;
    while (done != 0) {
      if (!work.getAsBoolean()) {
        executor.execute(this::run);
        return;
      }
      done = asked.addAndGet(-done);
    }
  }
}
