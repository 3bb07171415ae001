package ai.holysheep.camel.benchmarks.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tables of all scenarios, and what came of the targets. */
final class MarkdownReport {

  /** The ways that all others are compared with. */
  private static final List<String> REFERENCES = List.of("openai-java", "raw-async");

  private final Rounds rounds;

  MarkdownReport(Rounds rounds) {
    this.rounds = rounds;
  }

  /** The text. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (String scenario : rounds.scenarios()) {
      append(text, scenario);
    }
    text.append("## Targets\n\n| target | measured | |\n|---|--:|---|\n");
    for (Target target : Targets.ALL) {
      text.append(target.row(rounds)).append('\n');
    }
    return text.toString();
  }

  private void append(StringBuilder text, String scenario) {
    List<Figure> figures =
        Arrays.stream(Figure.values()).filter(figure -> isOfUse(scenario, figure)).toList();
    List<String> references = REFERENCES.stream().filter(rounds.ways(scenario)::contains).toList();
    List<String> titles = new ArrayList<>(List.of("way", "runs"));
    figures.forEach(figure -> titles.add(figure.title()));
    references.forEach(reference -> titles.add("CPU of " + reference + " / this"));
    text.append("## ").append(scenario).append("\n\n").append(row(titles));
    text.append("|---|").append("--:|".repeat(titles.size() - 1)).append('\n');
    for (String way : rounds.ways(scenario)) {
      List<String> cells = new ArrayList<>();
      cells.add(way);
      cells.add(String.valueOf(rounds.of(scenario, way).size()));
      figures.forEach(figure -> cells.add(cell(scenario, way, figure)));
      references.forEach(reference -> cells.add(ratio(scenario, reference, way)));
      text.append(row(cells));
    }
    text.append('\n');
    for (Run run : rounds.failed(scenario)) {
      text.append("- ").append(run.way()).append(", round ").append(run.round());
      text.append(", failed: ").append(oneLine(run.failure())).append('\n');
    }
    text.append(rounds.failed(scenario).isEmpty() ? "" : "\n");
  }

  /** What is 0 for all ways says nothing, except that nothing has failed. */
  private boolean isOfUse(String scenario, Figure figure) {
    return rounds.ways(scenario).stream()
        .anyMatch(way -> rounds.spread(scenario, way, figure).most() > 0);
  }

  private String cell(String scenario, String way, Figure figure) {
    if (rounds.median(scenario, way, figure).isEmpty()) {
      return "";
    }
    Rounds.Spread spread = rounds.spread(scenario, way, figure);
    String median = Numbers.text(spread.median());
    boolean single = Numbers.text(spread.least()).equals(Numbers.text(spread.most()));
    return single
        ? median
        : median + " (" + Numbers.text(spread.least()) + "–" + Numbers.text(spread.most()) + ")";
  }

  private String ratio(String scenario, String reference, String way) {
    OptionalDouble other = rounds.median(scenario, reference, Figure.CPU);
    OptionalDouble own = rounds.median(scenario, way, Figure.CPU);
    return other.isEmpty() || own.isEmpty() || own.getAsDouble() == 0
        ? ""
        : String.format(Locale.ROOT, "%.2f", other.getAsDouble() / own.getAsDouble());
  }

  private static String row(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  private static String oneLine(@Nullable String text) {
    return String.valueOf(text).replaceAll("\\s+", " ").replace("|", "\\|");
  }
}
