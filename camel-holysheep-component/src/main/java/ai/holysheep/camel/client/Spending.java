package ai.holysheep.camel.client;

import ai.holysheep.camel.accounting.CallBudget;
import ai.holysheep.camel.accounting.Pricing;
import ai.holysheep.camel.accounting.SpendingWindow;
import ai.holysheep.camel.accounting.Spent;
import ai.holysheep.camel.accounting.WindowBudget;
import ai.holysheep.camel.chat.Cost;
import ai.holysheep.camel.chat.Usage;
import ai.holysheep.camel.transport.Timers;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all calls of a client have used lately, and may use. Thread-safe. */
final class Spending {

  private static final Logger LOG = LoggerFactory.getLogger(Spending.class);

  private final WindowBudget budget;
  private final Timers timers;
  private final SpendingWindow window;
  private final AtomicBoolean warned = new AtomicBoolean();

  Spending(WindowBudget budget, Timers timers) {
    this.budget = budget;
    this.timers = timers;
    this.window = new SpendingWindow(budget);
  }

  WindowBudget budget() {
    return budget;
  }

  /**
   * Counts what a call has used that is over.
   *
   * @param usage null where nothing has come
   */
  void add(String model, @Nullable Usage usage, Pricing pricing) {
    if (usage == null) {
      return;
    }
    Cost cost = usage.cost();
    if (cost == null && budget.maxDollars() != null && warned.compareAndSet(false, true)) {
      LOG.warn(
          "Nobody knows what a call to the model {} has cost, so the option 'budgetCost' does not"
              + " count it. Give the prices with the option 'priceTable'. This is not said again.",
          model);
    }
    BigDecimal dollars = cost == null ? BigDecimal.ZERO : pricing.dollars(cost);
    window.add(timers.nanoTime(), new Spent(CallBudget.tokens(usage), dollars));
  }

  /** What has been used within the time of the budget. */
  Spent spent() {
    return window.spent(timers.nanoTime());
  }

  /** How long nothing may be sent; null where something may be sent now. */
  @Nullable Duration usedUpFor() {
    return window.usedUpFor(timers.nanoTime());
  }
}
