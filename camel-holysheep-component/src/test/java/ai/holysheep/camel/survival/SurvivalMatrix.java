package ai.holysheep.camel.survival;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;

/** Runs all cases and writes the page of what happened. */
final class SurvivalMatrix {

  /** Long enough for most machines; a line that differs from the page is tried again. */
  private static final long SHORT_PATIENCE_MILLIS = 200;

  private static final long LONG_PATIENCE_MILLIS = 2_000;

  /** A machine may be too busy even for that; what is not so will not come out so by chance. */
  private static final int FURTHER_TRIES = 2;

  private record Table(String title, List<Place> places, List<Step> steps) {}

  private static final List<Table> TABLES =
      List.of(
          new Table("Splitting", List.of(Place.SPLIT), Splitting.steps()),
          new Table("Asking", List.of(Place.ASKS_PULL, Place.ASKS_PUSH), Asking.steps()),
          new Table("Handing on", places(), HandingOn.steps()),
          new Table("Looking and changing", places(), Changing.steps()));

  private final String known;
  private final ExecutorService threads;

  /**
   * @param known the page as it was; a line that comes out as it stands there is believed at once
   */
  SurvivalMatrix(String known, ExecutorService threads) {
    this.known = known;
    this.threads = threads;
  }

  private static List<Place> places() {
    return List.of(Place.BETWEEN, Place.INSIDE, Place.TARGET, Place.BEHIND, Place.CONSUMER);
  }

  String tables() {
    List<CompletableFuture<String>> tables = new ArrayList<>();
    for (Table table : TABLES) {
      List<CompletableFuture<String>> rows =
          table.steps().stream()
              .map(step -> CompletableFuture.supplyAsync(() -> row(step, table.places()), threads))
              .toList();
      tables.add(
          CompletableFuture.allOf(rows.toArray(CompletableFuture[]::new))
              .thenApply(done -> head(table) + joined(rows)));
    }
    return joined(tables);
  }

  private static String joined(List<CompletableFuture<String>> pieces) {
    return pieces.stream().map(CompletableFuture::join).collect(Collectors.joining());
  }

  private String row(Step step, List<Place> places) {
    String row = step.row(places, SHORT_PATIENCE_MILLIS);
    for (int i = 0; i < FURTHER_TRIES && !known.contains("\n" + row); i++) {
      row = step.row(places, LONG_PATIENCE_MILLIS);
    }
    return row;
  }

  private static String head(Table table) {
    String titles = table.places().stream().map(Place::title).collect(Collectors.joining(" | "));
    return "\n## "
        + table.title()
        + "\n\n| step | "
        + titles
        + " | to know |\n| --- |"
        + " --- |".repeat(table.places().size() + 1)
        + "\n";
  }

  static String legend() {
    return Arrays.stream(Verdict.Arrived.values())
        .map(arrived -> "| %s | %s |\n".formatted(arrived.word(), arrived.meaning()))
        .collect(Collectors.joining("", "| word | what was seen |\n| --- | --- |\n", ""));
  }
}
