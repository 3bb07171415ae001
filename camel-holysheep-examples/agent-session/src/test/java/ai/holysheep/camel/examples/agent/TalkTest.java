package ai.holysheep.camel.examples.agent;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.simulator.Simulator;
import ai.holysheep.camel.simulator.SimulatorOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class TalkTest {

  /** Slow enough for an interruption to come in the middle of an answer. */
  private final Simulator simulator =
      Simulator.start(SimulatorOptions.defaults().withPaceFactor(0.2));

  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

  @AfterEach
  void close() {
    simulator.close();
  }

  @ParameterizedTest
  @CsvSource({"auto,1", "websocket,1", "sse,0"})
  void preparedTalkHasAToolAndAnInterruption(String transport, int sockets) throws Exception {
    try (Talk talk = Talk.begin(settings(transport), new Terminal(screen))) {
      talk.prepared();
      assertThat(simulator.openSockets()).isEqualTo(sockets);
    }
    assertThat(shown())
        .contains(
            "tool   > weather {\"city\":\"Oslo\"}",
            "tool   > 12 degrees and light rain in Oslo",
            "The tool answered \u201c12 degrees and light rain in Oslo\u201d",
            "you    > (interrupt)",
            "(interrupted, ",
            "Where were we?");
    assertThat(shown().lines().filter(line -> line.contains("(stop, "))).hasSize(2);
  }

  @Test
  void whatIsTypedWhileTheModelSpeaksInterruptsIt() throws Exception {
    String typed = "[[tokens=2000]] Talk\nStop [[echo]]Here I am\n";
    try (Talk talk = Talk.begin(settings("auto"), new Terminal(screen))) {
      talk.typed(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)));
    }
    assertThat(shown()).contains("(interrupted, ", "model  > Here I am");
  }

  private Settings settings(String transport) {
    return new Settings(false, transport, "deepseek-v3.2", simulator.baseUrl(), "any-key", 1, true);
  }

  private String shown() {
    return screen.toString(StandardCharsets.UTF_8);
  }
}
