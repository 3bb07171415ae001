package ai.holysheep.camel.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/** All runs, and what several rounds of the same say together. */
final class Rounds {

  /** The middle, the least and the most of the rounds. */
  record Spread(double median, double least, double most) {}

  private final List<Run> runs;

  Rounds(List<Run> runs) {
    this.runs = List.copyOf(runs);
  }

  /** The scenarios, in the order in which they were first run. */
  Set<String> scenarios() {
    Set<String> names = new LinkedHashSet<>();
    runs.forEach(run -> names.add(run.scenario()));
    return names;
  }

  /** The ways that were run in a scenario, in the order in which they were first run. */
  Set<String> ways(String scenario) {
    Set<String> names = new LinkedHashSet<>();
    runs.stream()
        .filter(run -> run.scenario().equals(scenario))
        .forEach(run -> names.add(run.way()));
    return names;
  }

  /** The runs of a way in a scenario. */
  List<Run> of(String scenario, String way) {
    return runs.stream()
        .filter(run -> run.scenario().equals(scenario) && run.way().equals(way))
        .toList();
  }

  /** Those that something went wrong in. */
  List<Run> failed(String scenario) {
    return runs.stream().filter(run -> run.scenario().equals(scenario) && !run.isGood()).toList();
  }

  /** The median of the runs; empty where nothing was measured. */
  OptionalDouble median(String scenario, String way, Figure figure) {
    List<Double> values = values(scenario, way, figure);
    return values.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(middle(values));
  }

  /** Where the figures of the runs lie; zeros where nothing was measured. */
  Spread spread(String scenario, String way, Figure figure) {
    List<Double> values = values(scenario, way, figure);
    return values.isEmpty()
        ? new Spread(0, 0, 0)
        : new Spread(middle(values), values.get(0), values.get(values.size() - 1));
  }

  /** What a failed run has measured before it failed counts too: it says how bad it was. */
  private List<Double> values(String scenario, String way, Figure figure) {
    List<Double> values = new ArrayList<>();
    for (Run run : of(scenario, way)) {
      if (run.seconds() > 0) {
        values.add(figure.of(run));
      }
    }
    values.sort(null);
    return values;
  }

  private static double middle(List<Double> sorted) {
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }
}
