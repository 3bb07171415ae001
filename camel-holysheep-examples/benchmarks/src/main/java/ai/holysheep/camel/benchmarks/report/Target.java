package ai.holysheep.camel.benchmarks.report;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A figure that a way is to reach, by itself or in relation to another figure.
 *
 * @param of whose figure it is
 * @param to what it is divided by; null where it counts by itself
 * @param bound what the figure or the ratio may be at most, or must be at least
 * @param atLeast whether the bound is the least
 */
record Target(Measured of, @Nullable Measured to, double bound, boolean atLeast) {

  /** A figure of a way in a scenario. */
  record Measured(String scenario, String way, Figure figure) {

    OptionalDouble in(Rounds rounds) {
      return rounds.median(scenario, way, figure);
    }

    @Override
    public String toString() {
      return scenario + " " + way + ": " + figure.title();
    }
  }

  /** The line of a table. */
  String row(Rounds rounds) {
    OptionalDouble value = value(rounds);
    String measured = value.isEmpty() ? "not measured" : Numbers.text(value.getAsDouble());
    String verdict =
        value.isEmpty() ? "" : isReached(value.getAsDouble()) ? "reached" : "**missed**";
    return "| " + words() + " | " + measured + " | " + verdict + " |";
  }

  private String words() {
    String bounded = (atLeast ? " ≥ " : " ≤ ") + Numbers.text(bound);
    return to == null ? of + bounded : of + bounded + " × " + to;
  }

  private OptionalDouble value(Rounds rounds) {
    OptionalDouble own = of.in(rounds);
    if (to == null || own.isEmpty()) {
      return own;
    }
    OptionalDouble other = to.in(rounds);
    return other.isEmpty() || other.getAsDouble() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(own.getAsDouble() / other.getAsDouble());
  }

  private boolean isReached(double value) {
    return atLeast ? value >= bound : value <= bound;
  }
}
