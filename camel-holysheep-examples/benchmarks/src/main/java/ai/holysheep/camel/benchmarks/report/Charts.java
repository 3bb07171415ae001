package ai.holysheep.camel.benchmarks.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Bars of figures, as SVG. */
final class Charts {

  private static final int WIDTH = 1000;
  private static final int HEIGHT = 480;
  private static final int TURNED = 35;

  /** Bars begin at 0 otherwise, which has no logarithm. */
  private static final double LEAST_OF_LOGARITHMS = 0.01;

  private final Rounds rounds;

  Charts(Rounds rounds) {
    this.rounds = rounds;
  }

  /**
   * Draws figures of all ways of a scenario next to each other; nothing where there are no runs.
   *
   * @param isLogarithmic whether each line of the scale is ten times the one below
   */
  void draw(Path file, String scenario, String title, boolean isLogarithmic, List<Figure> figures)
      throws IOException {
    List<String> ways =
        rounds.ways(scenario).stream()
            .filter(way -> rounds.median(scenario, way, figures.get(0)).isPresent())
            .toList();
    if (ways.isEmpty()) {
      return;
    }
    CategoryChart chart =
        new CategoryChartBuilder().width(WIDTH).height(HEIGHT).title(title).build();
    chart.getStyler().setXAxisLabelRotation(TURNED);
    chart.getStyler().setLegendPosition(LegendPosition.InsideNE);
    if (isLogarithmic) {
      chart.getStyler().setYAxisLogarithmic(true);
      chart.getStyler().setYAxisMin(LEAST_OF_LOGARITHMS);
    }
    for (Figure figure : figures) {
      List<Double> values = new ArrayList<>();
      ways.forEach(way -> values.add(rounds.spread(scenario, way, figure).median()));
      chart.addSeries(figure.title(), ways, values);
    }
    VectorGraphicsEncoder.saveVectorGraphic(chart, file.toString(), VectorGraphicsFormat.SVG);
  }
}
