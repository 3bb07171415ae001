package ai.holysheep.camel.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SimulatorExtensionTest {

  @RegisterExtension
  static final SimulatorExtension SIMULATOR =
      new SimulatorExtension(SimulatorOptions.defaults().withPaceFactor(0).withApiKey("test-key"));

  @Test
  void theParameterIsTheRunningSimulator(Simulator simulator) {
    assertThat(simulator).isSameAs(SIMULATOR.simulator());
    assertThat(simulator.baseUrl()).isEqualTo(SIMULATOR.baseUrl());
    assertThat(new Client(SIMULATOR.baseUrl()).ask(Client.request("Hi")).has("usage")).isTrue();
  }

  @Test
  void withoutTestsNothingRuns() {
    assertThatThrownBy(() -> new SimulatorExtension().baseUrl())
        .isInstanceOf(IllegalStateException.class);
  }

  @Nested
  class NestedTests {

    @Test
    void shareTheSimulator(Simulator simulator) {
      assertThat(simulator).isSameAs(SIMULATOR.simulator());
    }
  }
}
