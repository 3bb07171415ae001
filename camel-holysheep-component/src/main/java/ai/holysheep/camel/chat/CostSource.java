package ai.holysheep.camel.chat;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Where a {@link Cost} comes from. */
public enum CostSource {
  /** The server said what it charges. */
  SERVER("server"),
  /** Computed from the tokens and a table of prices. */
  PRICES("prices"),
  /** A sum of both. */
  MIXED("mixed");

  private final String word;

  CostSource(String word) {
    this.word = word;
  }

  /** The source of a word; {@link #SERVER} where it is none of them. */
  public static CostSource of(@Nullable String word) {
    return Arrays.stream(values())
        .filter(source -> source.word.equals(word))
        .findFirst()
        .orElse(SERVER);
  }

  /** The word that stands in headers and in JSON. */
  public String word() {
    return word;
  }

  @Override
  public String toString() {
    return word;
  }
}
