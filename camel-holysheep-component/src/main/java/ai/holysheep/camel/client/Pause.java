package ai.holysheep.camel.client;

import ai.holysheep.camel.transport.Timers;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** The wait before another try of a call. One thread waits, any thread may end it. */
final class Pause {

  private final CountDownLatch over = new CountDownLatch(1);

  /**
   * Waits for so long, or until it is ended.
   *
   * @throws InterruptedException when the waiting thread is interrupted
   */
  void await(Timers timers, Duration delay) throws InterruptedException {
    Runnable withdraw = timers.schedule(delay, this::end);
    try {
      over.await();
    } finally {
      withdraw.run();
    }
  }

  void end() {
    over.countDown();
  }
}
