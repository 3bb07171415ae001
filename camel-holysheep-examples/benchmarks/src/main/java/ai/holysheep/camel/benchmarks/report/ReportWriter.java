package ai.holysheep.camel.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Makes the report of the runs in a folder. */
public final class ReportWriter {

  private ReportWriter() {}

  /**
   * Writes the reports of folders with a {@code runs.csv}.
   *
   * @param args the folders
   */
  public static void main(String[] args) throws IOException {
    for (String folder : args) {
      write(Path.of(folder));
    }
  }

  /** Writes {@code report.md} and the charts beside {@code runs.csv}. */
  public static void write(Path folder) throws IOException {
    // Where there is no screen, the library must not look for one.
    System.setProperty("java.awt.headless", "true");
    Rounds rounds = new Rounds(new RunsFile(folder.resolve("runs.csv")).read());
    Files.writeString(folder.resolve("report.md"), new MarkdownReport(rounds).text());
    Charts charts = new Charts(rounds);
    charts.draw(
        folder.resolve("cpu-burst-1.svg"),
        "burst-1",
        "One stream at full speed: CPU per token",
        false,
        List.of(Figure.CPU));
    charts.draw(
        folder.resolve("latency-paced-1000.svg"),
        "paced-1000",
        "A thousand streams at 50 ms per token: added latency",
        true,
        List.of(Figure.P50, Figure.P99));
  }
}
