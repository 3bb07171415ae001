package ai.holysheep.camel.examples.models;

import java.util.Collection;
import java.util.List;

/** The middle, the least and the most of some figures. */
record Spread(double median, double least, double most) {

  /**
   * Of an even number of figures, the median is half way between the two in the middle.
   *
   * @throws IllegalArgumentException if there are none
   */
  static Spread of(Collection<Double> figures) {
    if (figures.isEmpty()) {
      throw new IllegalArgumentException("Nothing was measured.");
    }
    List<Double> sorted = figures.stream().sorted().toList();
    int half = sorted.size() / 2;
    double median =
        sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    return new Spread(median, sorted.get(0), sorted.get(sorted.size() - 1));
  }
}
