package ai.holysheep.camel.benchmarks.scaling;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;

/** Prints what the model says, and draws its curve. */
public final class ScalingMain {

  private static final long SEED = 20_261_126;
  private static final int PIECES = 2_000_000;
  private static final double[] UTILISATIONS = {
    0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98
  };
  private static final int[] FLEETS = {50_000, 1_000_000};
  private static final int WIDTH = 900;
  private static final int HEIGHT = 450;

  private ScalingMain() {}

  /**
   * Prints the tables and draws {@code scaling.svg}.
   *
   * @param args the folder for the drawing; default: target/scaling
   */
  public static void main(String[] args) throws IOException {
    System.setProperty("java.awt.headless", "true");
    Path folder = Path.of(args.length == 0 ? "target/scaling" : args[0]);
    Files.createDirectories(folder);
    Figures figures = Figures.ofFile();
    printNode(figures, folder.resolve("scaling.svg"));
    printFleets(figures);
  }

  private static void printNode(Figures figures, Path drawing) throws IOException {
    NodeModel model = new NodeModel(figures, SEED);
    List<Double> streams = new ArrayList<>();
    List<Double> p50 = new ArrayList<>();
    List<Double> p99 = new ArrayList<>();
    print("| streams | cores busy | waits p50 ms | waits p99 ms |%n|--:|--:|--:|--:|%n");
    for (double utilisation : UTILISATIONS) {
      int count = (int) (utilisation / figures.utilisation(1));
      NodeModel.Waiting waiting = model.of(count, PIECES);
      streams.add((double) count);
      p50.add(waiting.p50Micros() / 1000);
      p99.add(waiting.p99Micros() / 1000);
      print(
          "| %,d | %.0f %% | %.3f | %.3f |%n",
          count,
          100 * figures.utilisation(count),
          waiting.p50Micros() / 1000,
          waiting.p99Micros() / 1000);
    }
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title("A node of " + figures.cores() + " cores")
            .xAxisTitle("streams")
            .yAxisTitle("time that a token waits for a core, ms")
            .build();
    chart.addSeries("p50", streams, p50);
    chart.addSeries("p99", streams, p99);
    VectorGraphicsEncoder.saveVectorGraphic(chart, drawing.toString(), VectorGraphicsFormat.SVG);
  }

  private static void printFleets(Figures figures) {
    print("%n| | 50,000 streams | 1,000,000 streams |%n|---|--:|--:|%n");
    Fleet[] fleets = new Fleet[FLEETS.length];
    for (int i = 0; i < FLEETS.length; i++) {
      fleets[i] = Fleet.of(figures, FLEETS[i]);
    }
    Fleet small = fleets[0];
    Fleet large = fleets[1];
    print("| nodes of %d cores | %,d | %,d |%n", figures.cores(), small.nodes(), large.nodes());
    print("| streams per node | %,d | %,d |%n", small.streamsPerNode(), large.streamsPerNode());
    print(
        "| memory per node, MiB | %,.0f | %,.0f |%n",
        small.megabytesPerNode(), large.megabytesPerNode());
    print("| tokens/s | %,.0f | %,.0f |%n", small.tokensPerSecond(), large.tokensPerSecond());
    print("| calls/s | %,.0f | %,.0f |%n", small.callsPerSecond(), large.callsPerSecond());
    print(
        "| network in, Gbit/s | %.2f | %.1f |%n",
        small.gigabitsPerSecond(), large.gigabitsPerSecond());
    print("| Kafka partitions | %,d | %,d |%n", small.partitions(), large.partitions());
    print("| source addresses | %,d | %,d |%n", small.addresses(), large.addresses());
    print(
        "| machines, dollars per hour | %.1f | %.0f |%n",
        small.dollarsPerHour(), large.dollarsPerHour());
  }

  private static void print(String format, Object... values) {
    System.out.print(String.format(Locale.ROOT, format, values));
  }
}
