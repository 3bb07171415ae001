package ai.holysheep.camel.client;

import ai.holysheep.camel.client.MessageReader.Outcome;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.transport.SignallingAttempt;
import ai.holysheep.camel.transport.SignallingTransport;
import ai.holysheep.camel.transport.Timers;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The tries of one call that nobody waits for: tells whether the call can be taken a step further,
 * and signals when that may have changed. Belongs to the thread that has the turn; signals come
 * from any thread.
 */
final class SignalledTries {

  private static final Runnable NOTHING = () -> {};

  private final ModelCall call;
  private final SignallingTransport transport;
  private final Timers timers;
  private final PushThreads threads;
  private final Runnable signal;
  private final Supplier<Outcome> step = this::goOn;

  // Any thread.
  private final AtomicBoolean waiting = new AtomicBoolean();
  private volatile boolean pauseOver;
  // What nobody should throw where nobody could catch it still ends the call.
  private volatile @Nullable RuntimeException bug;

  // Owned by the turn.
  private @Nullable SignallingAttempt transported;
  private @Nullable Runnable withdrawPause;
  private boolean opened;

  /**
   * @param signal run when {@link #isReady} may have become true
   */
  SignalledTries(
      ModelCall call,
      SignallingTransport transport,
      Timers timers,
      PushThreads threads,
      Runnable signal) {
    this.call = call;
    this.transport = transport;
    this.timers = timers;
    this.threads = threads;
    this.signal = signal;
  }

  /** Whether a request was accepted, in this try or in an earlier one. */
  boolean isOpened() {
    return opened;
  }

  /** Whether {@link #step} gets further without waiting. If not, the time of the wait counts. */
  boolean isReady() {
    try {
      boolean ready = isStepReady();
      if (ready) {
        endWait();
      } else if (!waiting.get()) {
        beginWait();
      }
      return ready || bug != null;
    } catch (RuntimeException e) {
      bug = e;
      return true;
    }
  }

  private boolean isStepReady() {
    CallAttempt current = call.current();
    if (current == null) {
      return withdrawPause == null || pauseOver;
    }
    return current.isOpen()
        ? current.isMessageReady()
        : transported != null && transported.isReady();
  }

  /**
   * Takes the call one step further.
   *
   * @return the failure that ends the call; null where it goes on or has come to its end
   */
  @Nullable HolySheepException step() {
    return call.step(step);
  }

  private Outcome goOn() {
    RuntimeException unexpected = bug;
    if (unexpected != null) {
      call.refuseToGoOn();
      throw unexpected;
    }
    CallAttempt current = call.current();
    if (current == null) {
      return withdrawPause == null ? pause() : connect(withdrawPause);
    }
    if (current.isOpen()) {
      return current.read();
    }
    if (call.cancellation().reason() != null) {
      // Nobody knows how far the request had got.
      call.diagnosis().sent();
    }
    Outcome outcome = current.open();
    opened = true;
    return outcome;
  }

  private Outcome pause() {
    pauseOver = false;
    call.beginPause(this::endPause);
    if (call.delay().isZero()) {
      return connect(NOTHING);
    }
    // The wait counts from here on, also for a clock that is moved as soon as the timer is set.
    withdrawPause = NOTHING;
    beginWait();
    Runnable end = () -> threads.others().execute(this::endPause);
    withdrawPause = timers.schedule(call.delay(), end);
    return Outcome.MESSAGE;
  }

  private Outcome connect(Runnable withdrawTimer) {
    withdrawTimer.run();
    withdrawPause = null;
    call.refuseToGoOn();
    SignallingAttempt next = call.attempt(transport);
    transported = next;
    call.beginTry(next);
    next.begin(this::signal);
    return Outcome.MESSAGE;
  }

  private void endPause() {
    pauseOver = true;
    signal();
  }

  /** What has come is there now, however long it takes until somebody has the turn. */
  private void signal() {
    endWait();
    signal.run();
  }

  private void beginWait() {
    if (withdrawPause == null) {
      call.watch().beginWait();
    } else {
      call.watch().beginPause();
    }
    waiting.set(true);
  }

  private void endWait() {
    if (waiting.compareAndSet(true, false)) {
      try {
        call.watch().endWait();
      } catch (RuntimeException e) {
        bug = e;
      }
    }
  }
}
