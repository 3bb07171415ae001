package ai.holysheep.camel.examples.models;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The figures as a table for terminals, which is Markdown too. */
final class TableReport {

  private static final double MILLIS_PER_SECOND = 1000;

  private final Published published;
  private final int tokens;
  private final double pace;

  /**
   * Shows figures next to those that are published.
   *
   * @param tokens how long answers should be
   * @param pace what the published times are multiplied with: that of the simulator, or 1
   */
  TableReport(Published published, int tokens, double pace) {
    this.published = published;
    this.tokens = tokens;
    this.pace = pace;
  }

  /** The whole table, a line feed behind each line. */
  String table(List<ModelRuns> all) {
    List<String[]> rows = new ArrayList<>();
    rows.add(
        new String[] {
          "model", "first token, ms", "interval, ms", tokens + " tokens, s", "USD per 1M output"
        });
    for (int i = 0; i < all.size(); i++) {
      String model = all.get(i).model();
      rows.add(measured(all.get(i)));
      boolean last = i + 1 == all.size() || !all.get(i + 1).model().equals(model);
      if (last && published.millis(model, "firstToken") != null) {
        rows.add(published(model));
      }
    }
    return aligned(rows);
  }

  private String[] measured(ModelRuns runs) {
    if (runs.measured().isEmpty()) {
      return new String[] {
        runs.name(), "failed", "", "", published.priceOr(runs.model(), "unknown")
      };
    }
    boolean isExact = runs.measured().stream().allMatch(each -> each.tokens() == tokens);
    Spread total = runs.spread(each -> each.totalFor(tokens) / MILLIS_PER_SECOND);
    return new String[] {
      runs.name(),
      Numbers.spread(runs.spread(Measured::firstToken), 0),
      Numbers.spread(runs.spread(Measured::interval), 2),
      (isExact ? "" : "~") + Numbers.spread(total, 2),
      published.priceOr(runs.model(), "unknown")
    };
  }

  private String[] published(String model) {
    String total = "";
    if (tokens == Published.TOKENS) {
      total = scaled(published.millis(model, "total"), 2, MILLIS_PER_SECOND);
    }
    return new String[] {
      "- published" + (pace == 1 ? "" : Numbers.format(" x %s", pace)),
      scaled(published.millis(model, "firstToken"), 0, 1),
      scaled(published.millis(model, "interval"), 2, 1),
      total,
      ""
    };
  }

  private String scaled(@Nullable Double millis, int decimals, double unit) {
    return millis == null ? "" : Numbers.format("%." + decimals + "f", millis * pace / unit);
  }

  private static String aligned(List<String[]> rows) {
    int[] widths = new int[rows.get(0).length];
    for (String[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < rows.size(); i++) {
      append(text, rows.get(i), widths);
      if (i == 0) {
        for (int column = 0; column < widths.length; column++) {
          text.append('|').append("-".repeat(widths[column] + 1)).append(column == 0 ? '-' : ':');
        }
        text.append("|\n");
      }
    }
    return text.toString();
  }

  private static void append(StringBuilder text, String[] row, int[] widths) {
    for (int i = 0; i < row.length; i++) {
      String blanks = " ".repeat(widths[i] - row[i].length());
      text.append(i == 0 ? "| " : " | ").append(i == 0 ? row[i] + blanks : blanks + row[i]);
    }
    text.append(" |\n");
  }
}
