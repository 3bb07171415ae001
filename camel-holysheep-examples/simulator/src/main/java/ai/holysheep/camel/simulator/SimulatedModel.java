package ai.holysheep.camel.simulator;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * One model, the pace at which it writes and what that costs.
 *
 * @param id the name that requests give in {@code model}
 * @param firstToken from the request to the first token, at pace factor 1
 * @param tokenInterval from one token to the next, at pace factor 1
 * @param ownedBy the maker, as the list of models names it
 * @param outputPrice what a million tokens of an answer cost, in USD
 */
public record SimulatedModel(
    String id,
    Duration firstToken,
    Duration tokenInterval,
    String ownedBy,
    BigDecimal outputPrice) {

  /**
   * Refuses a pace that runs backwards.
   *
   * @throws IllegalArgumentException if a duration is negative
   */
  public SimulatedModel {
    if (firstToken.isNegative() || tokenInterval.isNegative()) {
      throw new IllegalArgumentException("The delays of model " + id + " must not be negative");
    }
  }
}
