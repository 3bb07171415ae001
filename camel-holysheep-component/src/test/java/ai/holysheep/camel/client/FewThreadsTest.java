package ai.holysheep.camel.client;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.testing.ManualTimers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads are woken one by one, when those that are awake do not get on. */
@Timeout(60)
class FewThreadsTest {

  private final Queue<Runnable> woken = new ArrayDeque<>();
  private final ManualTimers timers = new ManualTimers();
  private final List<String> done = Collections.synchronizedList(new ArrayList<>());

  @Test
  void threadThatIsAwakeDoesAllInTheOrderInWhichItCame() {
    FewThreads threads = new FewThreads(woken::add, 3, timers);
    threads.execute(() -> done.add("one"));
    threads.execute(() -> done.add("two"));
    threads.execute(() -> done.add("three"));
    assertThat(woken).hasSize(1);
    woken.remove().run();
    assertThat(done).containsExactly("one", "two", "three");
    timers.advance(FewThreads.PATIENCE);
    assertThat(woken).isEmpty();
    assertThat(timers.waitingCount()).as("nobody looks while there is nothing to do").isZero();
  }

  @Test
  void anotherThreadIsWokenForATaskThatHasWaited() {
    FewThreads threads = new FewThreads(woken::add, 3, timers);
    threads.execute(() -> done.add("slow"));
    Runnable slow = woken.remove();
    threads.execute(() -> done.add("next"));
    timers.advance(FewThreads.PATIENCE.minusNanos(1));
    assertThat(woken).isEmpty();
    timers.advance(FewThreads.PATIENCE);
    assertThat(woken).hasSize(2).as("one for each that waits, as nothing was taken yet");
    woken.remove().run();
    slow.run();
    assertThat(done).containsExactly("slow", "next");
  }

  @Test
  void noMoreThreadsAreAwakeThanThereAre() {
    FewThreads threads = new FewThreads(woken::add, 2, timers);
    for (int i = 0; i < 5; i++) {
      threads.execute(() -> done.add("done"));
    }
    for (int i = 0; i < 5; i++) {
      timers.advance(FewThreads.PATIENCE);
    }
    assertThat(woken).hasSize(2);
    assertThat(timers.waitingCount()).as("nobody looks while nobody can be woken").isZero();
    woken.forEach(Runnable::run);
    assertThat(done).hasSize(5);
  }

  @Test
  void threadThatSleptIsWokenAgain() {
    FewThreads threads = new FewThreads(woken::add, 2, timers);
    threads.execute(() -> done.add("one"));
    woken.remove().run();
    threads.execute(() -> done.add("two"));
    woken.remove().run();
    assertThat(done).containsExactly("one", "two");
  }

  @Test
  void taskThatThrowsKeepsNoOtherFromBeingDone() {
    FewThreads threads = new FewThreads(woken::add, 1, timers);
    List<Throwable> seen = new ArrayList<>();
    threads.execute(
        () -> {
          throw new AssertionError("on purpose");
        });
    threads.execute(() -> done.add("next"));
    Thread thread = new Thread(woken.remove());
    thread.setUncaughtExceptionHandler((where, e) -> seen.add(e));
    thread.start();
    join(thread);
    assertThat(done).containsExactly("next");
    assertThat(seen).singleElement().hasToString("java.lang.AssertionError: on purpose");
  }

  @Test
  void whoBringsATaskToAPoolThatHasEndedRunsIt() {
    FewThreads threads =
        new FewThreads(
            task -> {
              throw new RejectedExecutionException();
            },
            2,
            timers);
    threads.execute(() -> done.add("done"));
    assertThat(done).containsExactly("done");
  }

  @Test
  void noTaskIsForgottenWhoeverBringsItWhenever() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    ExecutorService bringing = Executors.newFixedThreadPool(4);
    int each = 20_000;
    CountDownLatch all = new CountDownLatch(4 * each);
    FewThreads threads = new FewThreads(pool, 4, timers);
    try {
      for (int i = 0; i < 4; i++) {
        bringing.execute(
            () -> {
              for (int k = 0; k < each; k++) {
                threads.execute(all::countDown);
                if (ThreadLocalRandom.current().nextInt(50) == 0) {
                  Thread.yield();
                }
              }
            });
      }
      // Time stands still, so whatever was done was done without another look.
      assertThat(all.await(50, TimeUnit.SECONDS)).isTrue();
    } finally {
      bringing.shutdownNow();
      pool.shutdownNow();
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
