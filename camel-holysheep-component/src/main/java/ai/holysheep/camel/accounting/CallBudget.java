package ai.holysheep.camel.accounting;

import ai.holysheep.camel.chat.Cost;
import ai.holysheep.camel.chat.Usage;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * How much one call may use, all its tries together.
 *
 * @param maxTotalTokens the most tokens of prompt and answer; 0 for no limit
 * @param maxCost the most that it may cost, in the currency in which costs are told; null for no
 *     limit
 */
public record CallBudget(long maxTotalTokens, @Nullable BigDecimal maxCost) {

  /** No limit. */
  public static final CallBudget NONE = new CallBudget(0, null);

  /** Whether there is a limit. */
  public boolean isSet() {
    return maxTotalTokens > 0 || maxCost != null;
  }

  /** Whether so many tokens, or what they cost, are more than allowed. */
  public boolean isExceededBy(Usage usage) {
    return hasTooManyTokens(usage) || costsTooMuch(usage);
  }

  /** Whether so many tokens are more than allowed; those that are not known are not counted. */
  public boolean hasTooManyTokens(Usage usage) {
    return maxTotalTokens > 0 && tokens(usage) > maxTotalTokens;
  }

  private boolean costsTooMuch(Usage usage) {
    Cost cost = usage.cost();
    return maxCost != null && cost != null && cost.amount().compareTo(maxCost) > 0;
  }

  /** The tokens of prompt and answer, as far as they are known. */
  public static long tokens(Usage usage) {
    return usage.totalTokens() == null
        ? orZero(usage.promptTokens()) + orZero(usage.completionTokens())
        : usage.totalTokens();
  }

  private static long orZero(@Nullable Long count) {
    return count == null ? 0 : count;
  }
}
