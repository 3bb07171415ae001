package ai.holysheep.camel.client;

import ai.holysheep.camel.accounting.LatencyTally;
import ai.holysheep.camel.observe.CallObservation;
import ai.holysheep.camel.observe.CallObserver;
import ai.holysheep.camel.observe.CallObservers;
import ai.holysheep.camel.observe.CallOutcome;
import ai.holysheep.camel.observe.ObservedCall;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Tells observers what comes of one call: first that it begins, and at last once how it ended. The
 * end may come from any thread; all else from the one that drives the call.
 */
final class Announcements {

  private final CallObserver observer;
  private final CallObserver own;
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile CallObservation observation = CallObservation.NONE;
  // Owned by the thread that drives.
  private boolean pieceCame;

  /**
   * @param observer is told of all calls
   * @param own is told of this one besides
   */
  Announcements(CallObserver observer, CallObserver own) {
    this.observer = observer;
    this.own = own;
  }

  void begun(ObservedCall call) {
    observation = CallObservers.both(observer.begun(call), own.begun(call));
  }

  /**
   * @param gapNanos see {@link LatencyTally#pieceCame}
   */
  void pieceCame(long gapNanos) {
    CallObservation told = observation;
    if (told == CallObservation.NONE) {
      return;
    }
    if (!pieceCame) {
      pieceCame = true;
      told.firstPiece();
    } else if (gapNanos != LatencyTally.NONE) {
      told.piece(gapNanos);
    }
  }

  void retried(RuntimeException failure, Duration pause, boolean goesOn) {
    observation.retried(failure, pause, goesOn);
  }

  /** Whether the call ends now, and had not ended before; asked once for each of its ends. */
  boolean isFirstEnd() {
    return ended.compareAndSet(false, true);
  }

  void ended(Supplier<CallOutcome> outcome) {
    CallObservation told = observation;
    if (told != CallObservation.NONE) {
      told.ended(outcome.get());
    }
  }
}
