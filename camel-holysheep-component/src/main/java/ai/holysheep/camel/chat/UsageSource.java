package ai.holysheep.camel.chat;

import org.jspecify.annotations.Nullable;

/** Where the figures of a {@link Usage} come from. */
public enum UsageSource {
  /** The server counted. */
  SERVER("server"),
  /** The server sent no figures: they are estimated from the length of the texts. */
  ESTIMATED("estimated");

  private final String word;

  UsageSource(String word) {
    this.word = word;
  }

  /** The source of a word; {@link #SERVER} where it is none of them. */
  public static UsageSource of(@Nullable String word) {
    return ESTIMATED.word.equals(word) ? ESTIMATED : SERVER;
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
