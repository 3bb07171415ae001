package ai.holysheep.camel.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {

  @Test
  void triesAreTakenUntilNoneIsLeft() {
    RetryBudget budget = new RetryBudget(2);
    assertThat(budget.take()).isTrue();
    assertThat(budget.take()).isTrue();
    assertThat(budget.take()).isFalse();
  }

  @Test
  void tenSuccessesEarnOneTry() {
    RetryBudget budget = new RetryBudget(1);
    budget.take();
    succeed(budget, 9);
    assertThat(budget.take()).isFalse();
    succeed(budget, 1);
    assertThat(budget.take()).isTrue();
    assertThat(budget.take()).isFalse();
  }

  @Test
  void noMoreThanTheCapacityIsSavedUp() {
    RetryBudget budget = new RetryBudget(2);
    succeed(budget, 1000);
    assertThat(budget.take()).isTrue();
    assertThat(budget.take()).isTrue();
    assertThat(budget.take()).isFalse();
  }

  @Test
  void zeroIsNoLimit() {
    RetryBudget budget = new RetryBudget(0);
    succeed(budget, 3);
    assertThat(IntStream.range(0, 10_000).allMatch(n -> budget.take())).isTrue();
  }

  private static void succeed(RetryBudget budget, int times) {
    IntStream.range(0, times).forEach(n -> budget.succeeded());
  }
}
