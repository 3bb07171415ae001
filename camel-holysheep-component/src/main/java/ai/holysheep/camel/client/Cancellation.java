package ai.holysheep.camel.client;

import org.jspecify.annotations.Nullable;

/**
 * How other threads end a call: whatever it waits for at the moment, the network or the next try,
 * is broken off, and the thread that waited finds the reason here. Thread-safe.
 */
final class Cancellation {

  private static final Runnable NOTHING = () -> {};

  private volatile @Nullable String reason;
  private volatile Runnable breakOff = NOTHING;

  /** Why the call was cancelled; null where it was not. */
  @Nullable String reason() {
    return reason;
  }

  /** From now on this is what has to be broken off; at once where the call is cancelled already. */
  void watchOver(Runnable breakOff) {
    this.breakOff = breakOff;
    if (reason != null) {
      breakOff.run();
    }
  }

  /** Cancels the call; the first reason stays. */
  void cancel(String why) {
    if (reason == null) {
      reason = why;
    }
    breakOff.run();
  }

  /** What the call waits for at the moment; running it breaks that off, and nothing later. */
  Runnable current() {
    return breakOff;
  }
}
