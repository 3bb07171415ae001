package ai.holysheep.camel.accounting;

import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much all calls of a component may use within a time.
 *
 * @param maxTokens the most tokens of prompts and answers; 0 for no limit
 * @param maxDollars the most that they may cost, in US dollars; null for no limit
 * @param window the time that counts, up to now
 */
public record WindowBudget(long maxTokens, @Nullable BigDecimal maxDollars, Duration window) {

  /** No limit. */
  public static final WindowBudget NONE = new WindowBudget(0, null, Duration.ofHours(1));

  /** Whether that is more than allowed, or all of it. */
  boolean isUsedUpBy(Spent spent) {
    return maxTokens > 0 && spent.tokens() >= maxTokens
        || maxDollars != null && spent.dollars().compareTo(maxDollars) >= 0;
  }
}
