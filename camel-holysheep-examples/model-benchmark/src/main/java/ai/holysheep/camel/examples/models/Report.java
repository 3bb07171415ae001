package ai.holysheep.camel.examples.models;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What came out, for eyes and for spreadsheets. */
final class Report {

  private final Published published;
  private final int tokens;
  private final double pace;

  /**
   * Shows figures next to those that are published.
   *
   * @param tokens how long answers should be
   * @param pace what the published times are multiplied with: that of the simulator, or 1
   */
  Report(Published published, int tokens, double pace) {
    this.published = published;
    this.tokens = tokens;
    this.pace = pace;
  }

  /** Writes {@code runs.csv}, {@code summary.csv} and {@code times.svg}. */
  void write(Path folder, List<ModelRuns> all) throws IOException {
    CsvReport csv = new CsvReport(all);
    csv.writeRuns(folder.resolve("runs.csv"));
    csv.writeSummary(folder.resolve("summary.csv"), published, tokens);
    TimeChart.draw(folder.resolve("times.svg"), all, published, tokens, pace);
  }

  /** The table, and what has to be known about it; there must be runs. */
  String text(List<ModelRuns> all) {
    StringBuilder text = new StringBuilder(new TableReport(published, tokens, pace).table(all));
    text.append("\nMeasured: the median (least-most) of ")
        .append(all.get(0).runs().size())
        .append(" runs. Prices are published, not measured.\n");
    all.forEach(runs -> addNotes(text, runs));
    return text.toString();
  }

  private void addNotes(StringBuilder text, ModelRuns runs) {
    List<Measured> measured = runs.measured();
    if (runs.hasFailures()) {
      String counts = measured.size() + " of " + runs.runs().size();
      text.append(runs.name() + ": only " + counts + " runs came to their end.\n");
    }
    if (measured.stream().anyMatch(each -> each.tokens() != tokens)) {
      text.append(runs.name() + ": the answers have another length; ~ is first token plus ")
          .append((tokens - 1) + " intervals.\n");
    }
    if (measured.stream().anyMatch(each -> !each.usageSource().equals("server"))) {
      text.append(runs.name() + ": the server does not count tokens, so they are estimated.\n");
    }
  }
}
