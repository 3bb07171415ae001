package ai.holysheep.camel.examples.models;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.style.Styler.LegendPosition;

/**
 * Where the time of an answer goes: a bar for each model and transport, and one beside them for
 * what is published.
 */
final class TimeChart {

  private static final int WIDTH = 1000;
  private static final int HEIGHT = 480;
  private static final int TURNED = 20;
  private static final double MILLIS_PER_SECOND = 1000;

  private final List<String> names = new ArrayList<>();
  private final List<Double> waiting = new ArrayList<>();
  private final List<Double> writing = new ArrayList<>();

  /**
   * Draws an SVG; nothing where nothing was measured.
   *
   * @param pace what the published times are multiplied with
   */
  static void draw(Path file, List<ModelRuns> all, Published published, int tokens, double pace)
      throws IOException {
    TimeChart chart = new TimeChart();
    for (int i = 0; i < all.size(); i++) {
      ModelRuns runs = all.get(i);
      if (!runs.measured().isEmpty()) {
        double first = runs.spread(Measured::firstToken).median();
        chart.add(runs.name(), first, runs.spread(each -> each.totalFor(tokens)).median());
      }
      if (i + 1 == all.size() || !all.get(i + 1).model().equals(runs.model())) {
        chart.addPublished(runs.model(), published, tokens, pace);
      }
    }
    if (all.stream().anyMatch(runs -> !runs.measured().isEmpty())) {
      String factor = pace == 1 ? "" : Numbers.format(" (published times x %s)", pace);
      chart.write(file, "An answer of " + tokens + " tokens, medians" + factor);
    }
  }

  private void addPublished(String model, Published published, int tokens, double pace) {
    Double first = published.millis(model, "firstToken");
    Double total = published.millis(model, "total");
    if (first != null && total != null && tokens == Published.TOKENS) {
      add(model + ", published", first * pace, total * pace);
    }
  }

  private void add(String name, double firstMillis, double totalMillis) {
    names.add(name);
    waiting.add(firstMillis / MILLIS_PER_SECOND);
    writing.add((totalMillis - firstMillis) / MILLIS_PER_SECOND);
  }

  private void write(Path file, String title) throws IOException {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .yAxisTitle("seconds")
            .build();
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setStacked(true);
    chart.getStyler().setXAxisLabelRotation(TURNED);
    chart.getStyler().setLegendPosition(LegendPosition.InsideNE);
    chart.addSeries("to the first token", names, waiting);
    chart.addSeries("from there to the last", names, writing);
    VectorGraphicsEncoder.saveVectorGraphic(chart, file.toString(), VectorGraphicsFormat.SVG);
  }
}
