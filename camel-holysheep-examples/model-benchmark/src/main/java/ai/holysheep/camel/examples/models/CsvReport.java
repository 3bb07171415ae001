package ai.holysheep.camel.examples.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The figures for spreadsheets: each run, and what all runs of a model say together. */
final class CsvReport {

  private static final String RUNS =
      "model,transport,run,first_token_ms,mean_interval_ms,total_ms,tokens,tokens_counted_by,finish_reason,"
          + "failure";
  private static final String SUMMARY =
      "model,transport,runs,failed,first_token_ms,first_token_ms_least,first_token_ms_most,"
          + "mean_interval_ms,mean_interval_ms_least,mean_interval_ms_most,"
          + "total_ms,total_ms_least,total_ms_most,usd_per_million_output_tokens";

  private final List<ModelRuns> all;

  CsvReport(List<ModelRuns> all) {
    this.all = all;
  }

  /** A line for each run. */
  void writeRuns(Path file) throws IOException {
    List<String> lines = new ArrayList<>(List.of(RUNS));
    for (ModelRuns runs : all) {
      for (ModelRuns.Run run : runs.runs()) {
        lines.add(head(runs) + "," + run.round() + "," + figures(run));
      }
    }
    Files.write(file, lines);
  }

  private static String head(ModelRuns runs) {
    return quoted(runs.model()) + "," + runs.transport().word();
  }

  private static String figures(ModelRuns.Run run) {
    Measured measured = run.measured();
    if (measured == null) {
      return ",,,,,," + quoted(run.failure());
    }
    return Numbers.format(
        "%.3f,%.3f,%.3f,%d,%s,%s,",
        measured.firstToken(),
        measured.interval(),
        measured.total(),
        measured.tokens(),
        quoted(measured.usageSource()),
        quoted(measured.finishReason()));
  }

  /**
   * A line for each model and transport: medians, the least and the most, the time for so many
   * tokens.
   */
  void writeSummary(Path file, Published published, int tokens) throws IOException {
    List<String> lines = new ArrayList<>(List.of(SUMMARY));
    for (ModelRuns runs : all) {
      int good = runs.measured().size();
      lines.add(
          Numbers.format(
              "%s,%d,%d,%s,%s,%s,%s",
              head(runs),
              runs.runs().size(),
              runs.runs().size() - good,
              spread(runs, Measured::firstToken),
              spread(runs, Measured::interval),
              spread(runs, each -> each.totalFor(tokens)),
              published.priceOr(runs.model(), "")));
    }
    Files.write(file, lines);
  }

  private static String spread(ModelRuns runs, ToDoubleFunction<Measured> figure) {
    if (runs.measured().isEmpty()) {
      return ",,";
    }
    Spread spread = runs.spread(figure);
    return Numbers.format("%.3f,%.3f,%.3f", spread.median(), spread.least(), spread.most());
  }

  /** As RFC 4180 says. */
  private static String quoted(String value) {
    return value.matches("[^\",\\r\\n]*") ? value : '"' + value.replace("\"", "\"\"") + '"';
  }
}
