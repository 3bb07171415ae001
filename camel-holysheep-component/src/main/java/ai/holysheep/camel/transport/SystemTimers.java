package ai.holysheep.camel.transport;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** The clock of the machine. The executor is borrowed: whoever made it shuts it down. */
public final class SystemTimers implements Timers {

  /**
   * A task that is due before all others wakes the thread, which costs more than a call has to
   * spend, only to be withdrawn a moment later as nearly all are. So as long as there are calls,
   * the thread is due to wake so soon anyway.
   */
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final ScheduledExecutorService executor;
  private final AtomicBoolean ticking = new AtomicBoolean();
  private volatile boolean usedSinceTick;

  public SystemTimers(ScheduledExecutorService executor) {
    this.executor = executor;
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public Runnable schedule(Duration delay, Runnable task) {
    if (delay.toNanos() > TICK_NANOS) {
      keepTicking();
    }
    ScheduledFuture<?> scheduled = executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    return () -> scheduled.cancel(false);
  }

  private void keepTicking() {
    if (!usedSinceTick) {
      usedSinceTick = true;
    }
    if (!ticking.get() && ticking.compareAndSet(false, true)) {
      tickAgain();
    }
  }

  private void tick() {
    if (usedSinceTick) {
      usedSinceTick = false;
      tickAgain();
    } else {
      ticking.set(false);
    }
  }

  private void tickAgain() {
    executor.schedule(this::tick, TICK_NANOS, TimeUnit.NANOSECONDS);
  }
}
