package ai.holysheep.camel.chat;

import org.jspecify.annotations.Nullable;

/** What a {@link Cost} is for. */
public enum CostCoverage {
  /** All tokens. */
  ALL("all"),
  /** The answer. What is missing is the prompt, or that of one of several calls. */
  OUTPUT("output");

  private final String word;

  CostCoverage(String word) {
    this.word = word;
  }

  /** The coverage of a word; {@link #ALL} where it is none of them. */
  public static CostCoverage of(@Nullable String word) {
    return OUTPUT.word.equals(word) ? OUTPUT : ALL;
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
