package ai.holysheep.camel.client;

import ai.holysheep.camel.transport.Timers;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs tasks on as few threads of a pool as get them done, in the order in which they came. To wake
 * a thread for a token costs more than all that is done with it, so a task waits for a thread that
 * is awake, and another thread is woken only when tasks have waited for {@link #PATIENCE}, because
 * those that are awake wait themselves or have too much to do.
 *
 * <p>Thread-safe. Giving it a task neither waits nor throws. The pool is borrowed; when it has
 * ended, the thread that brings a task runs it.
 */
public final class FewThreads implements Executor {

  /** How long a task waits before another thread is woken for it, if there is one. */
  static final Duration PATIENCE = Duration.ofMillis(1);

  private final Executor pool;
  private final int most;
  private final Timers timers;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicInteger awake = new AtomicInteger();
  private final AtomicBoolean watching = new AtomicBoolean();

  /**
   * @param pool has the threads
   * @param most how many of them may be awake, at least 1
   */
  public FewThreads(Executor pool, int most, Timers timers) {
    this.pool = pool;
    this.most = most;
    this.timers = timers;
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    if (!awake.compareAndSet(0, 1)) {
      watch();
      return;
    }
    try {
      pool.execute(this::work);
    } catch (RejectedExecutionException e) {
      work();
    }
  }

  private void work() {
    do {
      for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
        run(task);
      }
      awake.decrementAndGet();
      // A task that came meanwhile may have been left to this thread.
    } while (!tasks.isEmpty() && awake.compareAndSet(0, 1));
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (Throwable e) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }
  }

  /** Sees to it that tasks do not wait long; whoever is awake may be waiting. */
  private void watch() {
    if (awake.get() < most && watching.compareAndSet(false, true)) {
      try {
        timers.schedule(PATIENCE, this::look);
      } catch (RejectedExecutionException e) {
        // The timers have ended, and soon the pool does.
        look();
      }
    }
  }

  private void look() {
    watching.set(false);
    int waiting = waiting();
    for (int woken = 0; woken < waiting && isOneMoreAwake(); woken++) {
      try {
        pool.execute(this::work);
      } catch (RejectedExecutionException e) {
        // Those that are awake do all that there is.
        awake.decrementAndGet();
        return;
      }
    }
    if (!tasks.isEmpty()) {
      watch();
    }
  }

  /** How many tasks are waiting, as far as there can be threads for them. */
  private int waiting() {
    int count = 0;
    for (Runnable ignored : tasks) {
      count++;
      if (count == most) {
        break;
      }
    }
    return count;
  }

  private boolean isOneMoreAwake() {
    int before = awake.getAndUpdate(count -> Math.min(count + 1, most));
    return before < most;
  }
}
