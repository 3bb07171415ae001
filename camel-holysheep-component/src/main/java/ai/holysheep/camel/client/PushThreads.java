package ai.holysheep.camel.client;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * The threads on which receivers are given events. The pool behind them is borrowed; when it has
 * ended, calls that are under way come to their end on whatever thread they are.
 *
 * @param turns takes calls on, one run for each of them at a time
 * @param others runs all else: what ends a call from outside, and what follows its end
 */
public record PushThreads(Executor turns, Executor others) {

  private static final Executor AT_ONCE = Runnable::run;

  /** A pool gives all events, so receivers may be slow: they keep nobody from reading. */
  public static PushThreads of(Executor pool) {
    return new PushThreads(whileItLasts(pool), AT_ONCE);
  }

  /**
   * Whoever reads from the network, or says that an event was taken, goes on and gives the next
   * one. For receivers that never wait: one that does keeps all calls from being read.
   */
  public static PushThreads ofTransport(Executor pool) {
    return new PushThreads(AT_ONCE, whileItLasts(pool));
  }

  private static Executor whileItLasts(Executor pool) {
    return task -> {
      try {
        pool.execute(task);
      } catch (RejectedExecutionException e) {
        task.run();
      }
    };
  }
}
