package ai.holysheep.camel.accounting;

import ai.holysheep.camel.chat.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether one call stays within its budget. As long as the server does not say what was used,
 * it looks once for about ten tokens, because computing a cost takes longer than a token may. Not
 * thread-safe.
 */
public final class BudgetCheck {

  private static final int CHARACTERS_BETWEEN_LOOKS = 40;

  private final CallBudget budget;
  private final UsageTally tally;
  private long nextLookCharacters;
  private long seenUsageCount;

  public BudgetCheck(CallBudget budget, UsageTally tally) {
    this.budget = budget;
    this.tally = tally;
  }

  /**
   * Looks before a try begins, with the prompt of that.
   *
   * @return what the call would have used; null where that is allowed
   */
  public @Nullable Usage beforeTry() {
    nextLookCharacters = CHARACTERS_BETWEEN_LOOKS;
    return budget.isSet() ? tooMuch() : null;
  }

  /**
   * Looks after something has come.
   *
   * @return what the call has used; null where that is allowed, or was not looked at
   */
  public @Nullable Usage afterChunk() {
    if (!budget.isSet() || !isDue()) {
      return null;
    }
    nextLookCharacters = tally.receivedCharacters() + CHARACTERS_BETWEEN_LOOKS;
    seenUsageCount = tally.usageCount();
    return tooMuch();
  }

  private boolean isDue() {
    return tally.receivedCharacters() >= nextLookCharacters || tally.usageCount() != seenUsageCount;
  }

  private @Nullable Usage tooMuch() {
    Usage usage = tally.usage();
    return budget.isExceededBy(usage) ? usage : null;
  }
}
