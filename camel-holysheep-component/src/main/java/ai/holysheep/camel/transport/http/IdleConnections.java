package ai.holysheep.camel.transport.http;

import ai.holysheep.camel.transport.Timers;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.core5.pool.ConnPoolControl;
import org.apache.hc.core5.util.TimeValue;

/**
 * Looks once in a while at the connections of a pool that are in no use; nothing is timed while
 * there is none. Thread-safe.
 */
final class IdleConnections {

  private final ConnPoolControl<?> pool;
  private final Duration keepIdle;
  private final Timers timers;
  private final AtomicBoolean sweeping = new AtomicBoolean();

  /**
   * @param keepIdle how long an idle connection is kept at least; it is closed before twice that
   *     time is over
   */
  IdleConnections(ConnPoolControl<?> pool, Duration keepIdle, Timers timers) {
    this.pool = pool;
    this.keepIdle = keepIdle;
    this.timers = timers;
  }

  /** To be called when a connection may have become idle. */
  void watch() {
    if (pool.getTotalStats().getAvailable() > 0 && sweeping.compareAndSet(false, true)) {
      try {
        timers.schedule(keepIdle, this::sweep);
      } catch (RejectedExecutionException e) {
        // The timers have ended, so the connections end too.
        sweeping.set(false);
      }
    }
  }

  private void sweep() {
    sweeping.set(false);
    pool.closeExpired();
    pool.closeIdle(TimeValue.of(keepIdle));
    watch();
  }
}
