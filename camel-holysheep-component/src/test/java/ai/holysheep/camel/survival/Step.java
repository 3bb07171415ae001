package ai.holysheep.camel.survival;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.model.ProcessorDefinition;

/**
 * An EIP or endpoint that a stream, or each of its parts, goes through, and how it is put into a
 * route. Some make no sense at some places; then there is a reason instead of a verdict.
 */
final class Step {

  /** Puts the step behind a part of a route, and behind the step what sees what is left. */
  interface Wiring {
    void wire(CaseRoutes routes, ProcessorDefinition<?> before) throws Exception;
  }

  private final String name;
  private final Wiring wiring;
  private final Map<Place, String> reasons = new EnumMap<>(Place.class);
  private String advice = "";

  private Step(String name, Wiring wiring) {
    this.name = name;
    this.wiring = wiring;
  }

  static Step step(String name, Wiring wiring) {
    return new Step(name, wiring);
  }

  /** Leaves a place out. */
  Step not(Place place, String reason) {
    reasons.put(place, reason);
    return this;
  }

  /** What to do where the verdict is a surprise. */
  Step advice(String sentence) {
    advice = sentence;
    return this;
  }

  String name() {
    return name;
  }

  String advice() {
    return advice;
  }

  void wire(CaseRoutes routes, ProcessorDefinition<?> before) throws Exception {
    wiring.wire(routes, before);
  }

  /** What happens at this place, in words. */
  private String verdict(Place place, long patienceMillis) {
    String reason = reasons.get(place);
    return reason == null ? Case.run(this, place, patienceMillis).words() : "– (" + reason + ")";
  }

  /** The line of the table. */
  String row(List<Place> places, long patienceMillis) {
    StringBuilder row = new StringBuilder("| ").append(name);
    for (Place place : places) {
      row.append(" | ").append(verdict(place, patienceMillis));
    }
    return row.append(" | ").append(advice).append(" |\n").toString();
  }
}
