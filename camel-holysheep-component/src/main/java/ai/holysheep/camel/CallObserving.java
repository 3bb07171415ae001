package ai.holysheep.camel;

import ai.holysheep.camel.observe.Beans;
import ai.holysheep.camel.observe.CallObserver;
import ai.holysheep.camel.observe.CallObservers;
import ai.holysheep.camel.observe.LogObserver;
import ai.holysheep.camel.observe.OptionalObservers;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;
import org.jspecify.annotations.Nullable;

/** Everybody who is told of the calls of one component. */
final class CallObserving {

  private CallObserving() {}

  static CallObserver of(HolySheepComponent component) {
    CamelContext context = component.getCamelContext();
    Registry registry = context.getRegistry();
    List<CallObserver> observers = new ArrayList<>();
    observers.add(new LogObserver());
    observers.add(new StreamNotifications(context));
    Beans beans = beans(registry);
    if (component.isMetricsEnabled()) {
      observers.add(OptionalObservers.meters(beans));
    }
    if (component.isTracingEnabled()) {
      observers.add(OptionalObservers.spans(beans, component.isCaptureMessageContent()));
    }
    observers.addAll(registry.findByType(CallObserver.class));
    return CallObservers.of(observers);
  }

  private static Beans beans(Registry registry) {
    return new Beans() {
      @Override
      public <T> @Nullable T find(String name, Class<T> type) {
        T named = registry.lookupByNameAndType(name, type);
        return named == null ? registry.findSingleByType(type) : named;
      }
    };
  }
}
