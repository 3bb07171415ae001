package ai.holysheep.camel;

import ai.holysheep.camel.HolySheepStreamEvent.Kind;
import ai.holysheep.camel.error.BudgetExceededException;
import ai.holysheep.camel.observe.CallObservation;
import ai.holysheep.camel.observe.CallObserver;
import ai.holysheep.camel.observe.CallOutcome;
import ai.holysheep.camel.observe.ObservedCall;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.EventNotifier;
import org.apache.camel.spi.ManagementStrategy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells Camel's event notifiers of calls to models, where there are any. */
final class StreamNotifications implements CallObserver {

  private static final Logger LOG = LoggerFactory.getLogger(StreamNotifications.class);

  private final CamelContext context;

  StreamNotifications(CamelContext context) {
    this.context = context;
  }

  @Override
  public CallObservation begun(ObservedCall call) {
    ManagementStrategy strategy = context.getManagementStrategy();
    if (strategy == null || strategy.getStartedEventNotifiers().isEmpty()) {
      return CallObservation.NONE;
    }
    Notified notified = new Notified(strategy, call);
    notified.tell(Kind.STARTED, null, null);
    return notified;
  }

  private final class Notified implements CallObservation {

    private final ManagementStrategy strategy;
    private final ObservedCall call;

    Notified(ManagementStrategy strategy, ObservedCall call) {
      this.strategy = strategy;
      this.call = call;
    }

    @Override
    public void firstPiece() {
      tell(Kind.FIRST_TOKEN, null, null);
    }

    @Override
    public void retried(RuntimeException failure, Duration pause, boolean goesOn) {
      tell(goesOn ? Kind.RECOVERED : Kind.RETRIED, null, failure);
    }

    @Override
    public void ended(CallOutcome outcome) {
      if (outcome.failure() instanceof BudgetExceededException) {
        tell(Kind.BUDGET_EXCEEDED, outcome, outcome.failure());
      }
      tell(Kind.ENDED, outcome, outcome.failure());
    }

    private void tell(
        Kind kind, @Nullable CallOutcome outcome, @Nullable RuntimeException failure) {
      CamelEvent event = new HolySheepStreamEvent(context, kind, call, outcome, failure);
      for (EventNotifier notifier : strategy.getStartedEventNotifiers()) {
        if (!notifier.isDisabled() && notifier.isEnabled(event)) {
          tell(notifier, event);
        }
      }
    }

    private static void tell(EventNotifier notifier, CamelEvent event) {
      try {
        notifier.notify(event);
      } catch (Exception e) {
        LOG.warn("{} failed with the event '{}'; the call goes on.", notifier, event, e);
      }
    }
  }
}
