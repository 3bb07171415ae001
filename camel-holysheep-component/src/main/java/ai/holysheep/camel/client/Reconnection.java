package ai.holysheep.camel.client;

import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.recovery.Decision;
import ai.holysheep.camel.recovery.GiveUp;
import ai.holysheep.camel.recovery.RetryAfter;
import ai.holysheep.camel.recovery.RetryBudget;
import ai.holysheep.camel.recovery.RetryPolicy;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Decides about the further tries of one call, which it shares a budget for with other calls. */
final class Reconnection {

  private static final Logger LOG = LoggerFactory.getLogger(Reconnection.class);

  private final RetryPolicy policy;
  private final RetryBudget budget;
  private final DoubleSupplier chance;

  /**
   * @param chance random numbers from 0 to 1
   */
  Reconnection(RetryPolicy policy, RetryBudget budget, DoubleSupplier chance) {
    this.policy = policy;
    this.budget = budget;
    this.chance = chance;
  }

  /** What follows from a failure of the call with this id. */
  Decision after(HolySheepException failure, boolean continuable, String id) {
    Decision decision = policy.decide(failure, continuable, chance.getAsDouble());
    if (!(decision instanceof RetryAfter retry)) {
      return decision;
    }
    if (!budget.take()) {
      LOG.warn(
          "Stream {} is not tried again, because too many calls to this server have failed lately"
              + " (component option 'retryBudget'): {}",
          id,
          failure.getMessage());
      return new GiveUp();
    }
    // What fails again has mostly the same reason, and the last failure is told by the exception.
    LOG.atLevel(failure.getAttempt() == 1 ? Level.INFO : Level.DEBUG)
        .log(
            "Stream {}: try {} failed, the next one follows in {} ms. {}",
            id,
            failure.getAttempt(),
            retry.delay().toMillis(),
            failure.getMessage());
    return retry;
  }

  /** The call got its answer. */
  void succeeded() {
    budget.succeeded();
  }
}
