package ai.holysheep.camel.examples.models;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** All runs of one model over one transport, in the order in which they were made. */
final class ModelRuns {

  private final String model;
  private final Transport transport;
  private final List<Run> runs = new ArrayList<>();

  /** One run: its figures, or why there are none. */
  record Run(int round, @Nullable Measured measured, String failure) {}

  ModelRuns(String model, Transport transport) {
    this.model = model;
    this.transport = transport;
  }

  void add(int round, Measured measured) {
    runs.add(new Run(round, measured, ""));
  }

  void addFailure(int round, String failure) {
    runs.add(new Run(round, null, failure));
  }

  String model() {
    return model;
  }

  Transport transport() {
    return transport;
  }

  /** What it is called in reports. */
  String name() {
    return model + ", " + transport.title();
  }

  List<Run> runs() {
    return Collections.unmodifiableList(runs);
  }

  /** Those that came to their end. */
  List<Measured> measured() {
    List<Measured> measured = new ArrayList<>();
    for (Run run : runs) {
      if (run.measured() != null) {
        measured.add(run.measured());
      }
    }
    return measured;
  }

  boolean hasFailures() {
    return measured().size() < runs.size();
  }

  /** Where a figure lies over all runs that came to their end; there must be one. */
  Spread spread(ToDoubleFunction<Measured> figure) {
    return Spread.of(measured().stream().map(figure::applyAsDouble).toList());
  }

  /** How many tokens were written, and have to be paid. */
  long tokens() {
    return measured().stream().mapToLong(Measured::tokens).sum();
  }
}
