package ai.holysheep.camel.client;

import ai.holysheep.camel.accounting.CallBudget;
import ai.holysheep.camel.accounting.Spent;
import ai.holysheep.camel.accounting.WindowBudget;
import ai.holysheep.camel.chat.Cost;
import ai.holysheep.camel.chat.Usage;
import ai.holysheep.camel.error.BudgetExceededException;
import ai.holysheep.camel.error.FailureContext;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.error.RequestRejectedException;
import java.time.Duration;
import java.util.Objects;

/** Makes the exception of a call that may not use more, with a sentence that says what to do. */
final class BudgetFailures {

  private final Failures failures;
  private final String model;

  BudgetFailures(Failures failures, String model) {
    this.failures = failures;
    this.model = model;
  }

  /** The call has used more than it may, or would with what it sends next. */
  HolySheepException overBudget(CallBudget budget, Usage used, FailureContext context) {
    boolean tokens = budget.hasTooManyTokens(used);
    return new BudgetExceededException(
        "The call to "
            + failures.place()
            + " was stopped: it takes "
            + (tokens ? tokens(budget, used) : cost(budget, used))
            + Failures.sofar(context),
        context);
  }

  private static String tokens(CallBudget budget, Usage used) {
    return CallBudget.tokens(used)
        + " tokens ("
        + used.source().word()
        + "), and the option 'maxTotalTokens' allows "
        + budget.maxTotalTokens();
  }

  private static String cost(CallBudget budget, Usage used) {
    Cost cost = Objects.requireNonNull(used.cost(), "exceeds the budget");
    return CallBudget.tokens(used)
        + " tokens ("
        + used.source().word()
        + "), which cost "
        + cost.amount().toPlainString()
        + " "
        + cost.currency()
        + ", and the option 'maxCost' allows "
        + Objects.requireNonNull(budget.maxCost(), "is exceeded").toPlainString();
  }

  /** A limit that nobody can keep is none. */
  HolySheepException unknownPrice(FailureContext context) {
    return new RequestRejectedException(
        "The option 'maxCost' is set, but nobody knows what the model "
            + model
            + " costs before its answer is there. Give its prices with the option 'priceTable' or"
            + " 'prices', or set 'maxTotalTokens' instead.",
        context);
  }

  /** All calls together have used what they may. */
  HolySheepException usedUp(
      WindowBudget budget, Spent spent, Duration usedUpFor, FailureContext context) {
    boolean tokens = budget.maxTokens() > 0 && spent.tokens() >= budget.maxTokens();
    return new BudgetExceededException(
        "Nothing was sent to "
            + failures.place()
            + ": the calls of this component have used "
            + (tokens ? allTokens(budget, spent) : allCosts(budget, spent))
            + " within "
            + budget.window().toSeconds()
            + " s (component option 'budgetWindow'). There is room again in "
            + (usedUpFor.toSeconds() + 1)
            + " s"
            + Failures.sofar(context),
        context);
  }

  private static String allTokens(WindowBudget budget, Spent spent) {
    return spent.tokens()
        + " of the "
        + budget.maxTokens()
        + " tokens that the component option 'budgetTokens' allows";
  }

  private static String allCosts(WindowBudget budget, Spent spent) {
    return spent.dollars().toPlainString()
        + " of the "
        + Objects.requireNonNull(budget.maxDollars(), "is used up").toPlainString()
        + " US dollars that the component option 'budgetCost' allows";
  }
}
