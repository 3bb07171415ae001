package ai.holysheep.camel.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.holysheep.camel.benchmarks.ways.Ways;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {

  @Test
  void eachRoundHasTheSameRunsInAnotherOrder() {
    Plan plan = Plan.whole().only(List.of("plain-call"), List.of());
    Plan.Step own = new Plan.Step(Scenario.PLAIN_CALL, Ways.CALL);
    Plan.Step other = new Plan.Step(Scenario.PLAIN_CALL, Ways.CAMEL_HTTP_CALL);
    assertThat(plan.round(1)).containsExactly(own, other);
    assertThat(plan.round(2)).containsExactly(other, own);
  }

  @Test
  void namesLeaveOutAllOthers() {
    assertThat(Plan.whole().only(List.of("burst-1", "paced-100"), List.of("pull")).round(1))
        .containsExactly(
            new Plan.Step(Scenario.BURST_1, Ways.PULL),
            new Plan.Step(Scenario.PACED_100, Ways.PULL));
  }

  @Test
  void unknownNameIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Plan.whole().only(List.of("burst-2"), List.of()))
        .withMessageContaining("burst-2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Plan.whole().only(List.of(), List.of("pul")))
        .withMessageContaining("pul");
  }

  @Test
  void quickPlanFitsIntoThreeMinutes() {
    // Four seconds of warm-up, two of measuring, and two for two processes to begin and end.
    assertThat(Plan.quick().round(1).size() * 8).isLessThan(180);
  }
}
