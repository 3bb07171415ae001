package ai.holysheep.camel.accounting;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What has been used within the time of a budget. It forgets in steps of a sixtieth of that time,
 * so it needs the same memory for any number of calls, and counts for at most a step longer than
 * the budget says. Is told the time and never reads a clock. Thread-safe.
 */
public final class SpendingWindow {

  private static final int STEPS = 60;

  private final WindowBudget budget;
  private final long stepNanos;

  // Guarded by this.
  private final Deque<Step> steps = new ArrayDeque<>();

  public SpendingWindow(WindowBudget budget) {
    this.budget = budget;
    this.stepNanos = Math.max(1, budget.window().toNanos() / STEPS);
  }

  /** Adds what a call has used. */
  public synchronized void add(long nowNanos, Spent more) {
    forget(nowNanos);
    Step last = steps.peekLast();
    if (last != null && nowNanos - last.begunNanos < stepNanos) {
      last.spent = last.spent.plus(more);
    } else {
      steps.add(new Step(nowNanos, more));
    }
  }

  /** What has been used within the time. */
  public synchronized Spent spent(long nowNanos) {
    forget(nowNanos);
    return steps.stream().map(step -> step.spent).reduce(Spent.NOTHING, Spent::plus);
  }

  /**
   * How long it is until there is something left of the budget, if nothing more is used; null where
   * there is something now.
   */
  public synchronized @Nullable Duration usedUpFor(long nowNanos) {
    Spent spent = spent(nowNanos);
    if (!budget.isUsedUpBy(spent)) {
      return null;
    }
    Spent later = Spent.NOTHING;
    long nanos = 0;
    // From the latest to the earliest: the first with which it is too much has to be forgotten.
    for (Step step : (Iterable<Step>) steps::descendingIterator) {
      later = later.plus(step.spent);
      if (budget.isUsedUpBy(later)) {
        nanos = step.begunNanos + stepNanos + budget.window().toNanos() - nowNanos;
        break;
      }
    }
    return Duration.ofNanos(nanos);
  }

  /** What is as old as the time, with the step that it was in, does not count any more. */
  private void forget(long nowNanos) {
    long lifeNanos = budget.window().toNanos() + stepNanos;
    while (!steps.isEmpty() && nowNanos - steps.element().begunNanos >= lifeNanos) {
      steps.remove();
    }
  }

  private static final class Step {

    private final long begunNanos;
    private Spent spent;

    Step(long begunNanos, Spent spent) {
      this.begunNanos = begunNanos;
      this.spent = spent;
    }
  }
}
