package ai.holysheep.camel.observe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Several observers as one; what one of them throws is logged, and neither ends a call nor keeps
 * the others from being told.
 */
public final class CallObservers implements CallObserver {

  private static final Logger LOG = LoggerFactory.getLogger(CallObservers.class);

  private final List<CallObserver> observers;

  private CallObservers(List<CallObserver> observers) {
    this.observers = observers;
  }

  /** All of them as one. */
  public static CallObserver of(List<CallObserver> observers) {
    return new CallObservers(
        observers.stream().filter(observer -> observer != CallObserver.NONE).toList());
  }

  @Override
  public CallerContext callerContext() {
    List<CallerContext> contexts = new ArrayList<>(observers.size());
    for (CallObserver observer : observers) {
      contexts.add(context(observer));
    }
    return new Contexts(contexts);
  }

  private static CallerContext context(CallObserver observer) {
    try {
      return observer.callerContext();
    } catch (RuntimeException | LinkageError e) {
      report(observer, e);
      return CallerContext.NONE;
    }
  }

  @Override
  public CallObservation begun(ObservedCall call) {
    List<CallObservation> interested = new ArrayList<>(observers.size());
    for (int i = 0; i < observers.size(); i++) {
      CallerContext own =
          call.caller() instanceof Contexts all ? all.contexts().get(i) : CallerContext.NONE;
      CallObservation observation = begun(observers.get(i), call.withCaller(own));
      if (observation != CallObservation.NONE) {
        interested.add(observation);
      }
    }
    return interested.isEmpty()
        ? CallObservation.NONE
        : new Observations(interested.toArray(CallObservation[]::new));
  }

  /** Two observations as one. */
  public static CallObservation both(CallObservation one, CallObservation other) {
    if (one == CallObservation.NONE) {
      return other;
    }
    return other == CallObservation.NONE
        ? one
        : new Observations(new CallObservation[] {one, other});
  }

  private static CallObservation begun(CallObserver observer, ObservedCall call) {
    try {
      return observer.begun(call);
    } catch (RuntimeException | LinkageError e) {
      report(observer, e);
      return CallObservation.NONE;
    }
  }

  private static void report(Object observer, Throwable thrown) {
    LOG.warn("{} failed; the call goes on.", observer.getClass().getName(), thrown);
  }

  private record Contexts(List<CallerContext> contexts) implements CallerContext {}

  /** Tells of no further pieces to one that has failed, which might fail with each. */
  private static final class Observations implements CallObservation {

    private final CallObservation[] observations;
    private final boolean[] failed;

    Observations(CallObservation[] observations) {
      this.observations = observations;
      this.failed = new boolean[observations.length];
    }

    @Override
    public void firstPiece() {
      each(CallObservation::firstPiece);
    }

    @Override
    public void piece(long gapNanos) {
      // By number, because this is told for each token.
      for (int i = 0; i < observations.length; i++) {
        if (!failed[i]) {
          try {
            observations[i].piece(gapNanos);
          } catch (RuntimeException | LinkageError e) {
            hasFailed(i, e);
          }
        }
      }
    }

    @Override
    public void retried(RuntimeException failure, Duration pause, boolean goesOn) {
      each(observation -> observation.retried(failure, pause, goesOn));
    }

    @Override
    public void ended(CallOutcome outcome) {
      each(observation -> observation.ended(outcome));
    }

    private void each(Consumer<CallObservation> told) {
      for (int i = 0; i < observations.length; i++) {
        try {
          told.accept(observations[i]);
        } catch (RuntimeException | LinkageError e) {
          hasFailed(i, e);
        }
      }
    }

    private void hasFailed(int i, Throwable thrown) {
      failed[i] = true;
      report(observations[i], thrown);
    }
  }
}
