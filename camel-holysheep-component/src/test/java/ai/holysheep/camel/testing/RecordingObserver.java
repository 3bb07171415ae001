package ai.holysheep.camel.testing;

import ai.holysheep.camel.observe.CallObservation;
import ai.holysheep.camel.observe.CallObserver;
import ai.holysheep.camel.observe.CallOutcome;
import ai.holysheep.camel.observe.ObservedCall;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notes what it is told. */
public final class RecordingObserver implements CallObserver {

  private final List<String> told = new CopyOnWriteArrayList<>();
  private final List<ObservedCall> calls = new CopyOnWriteArrayList<>();
  private final List<CallOutcome> outcomes = new CopyOnWriteArrayList<>();

  @Override
  public CallObservation begun(ObservedCall call) {
    told.add("begun");
    calls.add(call);
    return new CallObservation() {
      @Override
      public void firstPiece() {
        told.add("first piece");
      }

      @Override
      public void piece(long gapNanos) {
        told.add("piece after " + Duration.ofNanos(gapNanos).toMillis());
      }

      @Override
      public void retried(RuntimeException failure, Duration pause, boolean goesOn) {
        told.add((goesOn ? "goes on after " : "again after ") + pause.toMillis());
      }

      @Override
      public void ended(CallOutcome outcome) {
        told.add("ended " + outcome.ending());
        outcomes.add(outcome);
      }
    };
  }

  /** What was told, in the order of that; times in milliseconds. */
  public List<String> told() {
    return told;
  }

  public List<ObservedCall> calls() {
    return calls;
  }

  public List<CallOutcome> outcomes() {
    return outcomes;
  }
}
