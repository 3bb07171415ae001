package ai.holysheep.camel.observe;

import java.util.function.Supplier;

/**
 * The observers whose libraries an application may have or not. They are made with the first call:
 * what they need may not be there while a component starts.
 */
public final class OptionalObservers {

  private OptionalObservers() {}

  /** One that keeps the meters of the Micrometer registry among the beans, where there is one. */
  public static CallObserver meters(Beans beans) {
    return where("io.micrometer.core.instrument.MeterRegistry", () -> MeterObserver.of(beans));
  }

  /**
   * One that keeps OpenTelemetry's spans, where that is on the classpath.
   *
   * @param withMessages whether spans carry what was asked and answered
   */
  public static CallObserver spans(Beans beans, boolean withMessages) {
    return where("io.opentelemetry.api.OpenTelemetry", () -> SpanObserver.of(beans, withMessages));
  }

  private static CallObserver where(String type, Supplier<CallObserver> maker) {
    try {
      Class.forName(type, false, OptionalObservers.class.getClassLoader());
      return new LateObserver(maker);
    } catch (ClassNotFoundException e) {
      return CallObserver.NONE;
    }
  }
}
