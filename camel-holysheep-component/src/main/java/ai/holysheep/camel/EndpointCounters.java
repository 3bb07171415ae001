package ai.holysheep.camel;

import ai.holysheep.camel.accounting.CallBudget;
import ai.holysheep.camel.chat.Usage;
import ai.holysheep.camel.observe.CallObservation;
import ai.holysheep.camel.observe.CallObserver;
import ai.holysheep.camel.observe.CallOutcome;
import ai.holysheep.camel.observe.CallOutcome.Ending;
import ai.holysheep.camel.observe.ObservedCall;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what becomes of the calls of one endpoint, in all its time. Thread-safe. */
final class EndpointCounters implements CallObserver {

  private final LongAdder active = new LongAdder();
  private final LongAdder retries = new LongAdder();
  private final LongAdder tokens = new LongAdder();
  private final Map<Ending, LongAdder> ended = new ConcurrentHashMap<>();

  @Override
  public CallObservation begun(ObservedCall call) {
    active.increment();
    return new CallObservation() {
      @Override
      public void retried(RuntimeException failure, Duration pause, boolean goesOn) {
        retries.increment();
      }

      @Override
      public void ended(CallOutcome outcome) {
        active.decrement();
        ended.computeIfAbsent(outcome.ending(), any -> new LongAdder()).increment();
        Usage usage = outcome.usage();
        if (usage != null) {
          tokens.add(CallBudget.tokens(usage));
        }
      }
    };
  }

  int active() {
    return active.intValue();
  }

  long ended(Ending ending) {
    LongAdder count = ended.get(ending);
    return count == null ? 0 : count.sum();
  }

  long retries() {
    return retries.sum();
  }

  long tokens() {
    return tokens.sum();
  }
}
