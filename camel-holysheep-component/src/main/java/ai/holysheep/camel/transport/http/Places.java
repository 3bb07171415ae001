package ai.holysheep.camel.transport.http;

import ai.holysheep.camel.transport.Timers;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The places for concurrent calls, for those who do not wait in a thread. Who asks is let in, in
 * the order of asking, or is told that it takes too long. The pool of HttpClient's async client
 * would tell nobody: it looks at how long someone waits only when a connection comes back.
 * Thread-safe.
 */
final class Places {

  private final Duration patience;
  private final Timers timers;
  private final AtomicInteger visits = new AtomicInteger();

  // Guarded by this.
  private final Set<Guest> waiting = new LinkedHashSet<>();
  private int free;

  /**
   * @param count how many there are
   * @param patience the longest wait; zero waits for ever
   */
  Places(int count, Duration patience, Timers timers) {
    this.free = count;
    this.patience = patience;
    this.timers = timers;
  }

  /**
   * Asks for a place.
   *
   * @param entered run when there is one, which has to be {@linkplain #leave left} later: on this
   *     thread, or on the one of whoever leaves
   * @param tooLate run instead when it takes too long
   * @return gives the wait up; does nothing once one of both was run
   */
  Runnable ask(Runnable entered, Runnable tooLate) {
    Guest guest = new Guest(entered);
    boolean waits;
    synchronized (this) {
      waiting.add(guest);
      waits = free == 0;
    }
    if (waits && !patience.isZero()) {
      guest.waitAtMost(tooLate);
    }
    letIn();
    return guest::giveUp;
  }

  /** Gives a place back. */
  void leave() {
    synchronized (this) {
      free++;
    }
    letIn();
  }

  /** One at a time, and not from within another: who is let in may leave at once. */
  private void letIn() {
    if (visits.getAndIncrement() != 0) {
      return;
    }
    int seen = 1;
    while (seen != 0) {
      for (Guest guest = next(); guest != null; guest = next()) {
        guest.enter();
      }
      seen = visits.addAndGet(-seen);
    }
  }

  private synchronized @Nullable Guest next() {
    Iterator<Guest> guests = waiting.iterator();
    if (free == 0 || !guests.hasNext()) {
      return null;
    }
    Guest guest = guests.next();
    guests.remove();
    free--;
    return guest;
  }

  private synchronized boolean remove(Guest guest) {
    return waiting.remove(guest);
  }

  private final class Guest {

    private final Runnable entered;
    private volatile Runnable withdraw = () -> {};
    private volatile boolean in;

    Guest(Runnable entered) {
      this.entered = entered;
    }

    void waitAtMost(Runnable tooLate) {
      try {
        withdraw = timers.schedule(patience, () -> giveUp(tooLate));
      } catch (RejectedExecutionException e) {
        // The timers have ended, so all calls end too.
        giveUp(tooLate);
      }
      if (in) {
        withdraw.run();
      }
    }

    void enter() {
      in = true;
      withdraw.run();
      entered.run();
    }

    void giveUp() {
      giveUp(() -> {});
    }

    private void giveUp(Runnable then) {
      if (remove(this)) {
        withdraw.run();
        then.run();
      }
    }
  }
}
