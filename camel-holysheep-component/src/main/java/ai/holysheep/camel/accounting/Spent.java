package ai.holysheep.camel.accounting;

import java.math.BigDecimal;

/**
 * What has been used.
 *
 * @param tokens of prompts and answers
 * @param dollars what they cost in US dollars, as far as that is known
 */
public record Spent(long tokens, BigDecimal dollars) {

  /** Nothing. */
  public static final Spent NOTHING = new Spent(0, BigDecimal.ZERO);

  /** Both together. */
  public Spent plus(Spent other) {
    return new Spent(tokens + other.tokens, dollars.add(other.dollars));
  }
}
