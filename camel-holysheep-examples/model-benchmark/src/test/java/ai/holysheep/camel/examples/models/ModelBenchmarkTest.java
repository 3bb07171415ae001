package ai.holysheep.camel.examples.models;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.simulator.RecordedRequest;
import ai.holysheep.camel.simulator.Simulator;
import ai.holysheep.camel.simulator.SimulatorExtension;
import ai.holysheep.camel.simulator.SimulatorOptions;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Runs of the command over the simulator, which answers at once. */
class ModelBenchmarkTest {

  @RegisterExtension static final SimulatorExtension SIMULATOR = new SimulatorExtension();

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void drawWithoutAScreen() {
    System.setProperty("java.awt.headless", "true");
  }

  @Test
  void measuresEachModelAsOftenAsAskedAndWritesItsFiles() throws Exception {
    assertThat(run("--pace=0", "--runs=2", "--tokens=500")).isZero();
    assertThat(err.toString()).isEmpty();
    assertThat(out.toString())
        .contains("these are figures of a simulator on this machine, not\nof any model")
        .contains("claude-sonnet-4.5, events, run 2 of 2: first token after ")
        .contains("claude-sonnet-4.5, WebSocket, run 2 of 2: first token after ")
        .containsPattern("\\| - published x 0.0 +\\|")
        .contains("Measured: the median (least-most) of 2 runs.")
        .doesNotContain("~");
    List<String> runs = Files.readAllLines(folder.resolve("runs.csv"));
    assertThat(runs)
        .hasSize(1 + 4 * 2 * 2)
        .filteredOn(line -> line.contains(",500,server,"))
        .hasSize(16);
    assertThat(Files.readAllLines(folder.resolve("summary.csv")))
        .hasSize(1 + 4 * 2)
        .filteredOn(line -> line.matches("deepseek-v3\\.2,websocket,2,0(,\\d+\\.\\d{3}){9},0\\.42"))
        .hasSize(1);
    assertThat(Files.readString(folder.resolve("times.svg"))).contains("<svg ").contains("</svg>");
  }

  @Test
  void asksAnotherServerRoundByRoundForSoManyTokensAfterOneShortCall() throws Exception {
    int exitCode =
        runWith(
            "any-key",
            "--base-url=" + SIMULATOR.baseUrl(),
            "--models=gpt-4.1,deepseek-v3.2",
            "--transports=sse",
            "--runs=2",
            "--tokens=20",
            "--prompt=[[tokens=300]]");
    assertThat(exitCode).isZero();
    assertThat(out.toString()).contains("Up to 0.0005 USD for output").doesNotContain("simulator");
    assertThat(SIMULATOR.simulator().requests())
        .extracting(RecordedRequest::body)
        .extracting(
            body ->
                body.replaceAll(".*\"model\":\"(.*?)\".*", "$1")
                    + body.replaceAll(".*\"max_tokens\":(\\d+).*", " $1"))
        .containsExactly(
            "gpt-4.1 20", "gpt-4.1 20", "deepseek-v3.2 20", "gpt-4.1 20", "deepseek-v3.2 20");
  }

  @Test
  void modelThatFailsIsSaidAndTheOthersAreMeasured() throws Exception {
    assertThat(run("--pace=0", "--models=gpt-none,deepseek-v3.2", "--runs=1", "--tokens=5"))
        .isEqualTo(1);
    assertThat(out.toString())
        .contains("gpt-none, events, run 1 of 1: FAILED: ")
        .containsPattern("\\| gpt-none, events +\\| +failed \\|")
        .contains("gpt-none, events: only 0 of 1 runs came to their end.")
        .contains("deepseek-v3.2, WebSocket, run 1 of 1: first token after ")
        .contains("deepseek-v3.2, events, run 1 of 1: first token after ");
    assertThat(Files.readString(folder.resolve("summary.csv")))
        .contains("gpt-none,sse,1,1,,,,,,,,,,\n");
  }

  @Test
  void serverWithoutSocketsIsSaidAndMeasuredOverEvents() {
    SimulatorOptions options = SimulatorOptions.defaults().withPaceFactor(0).withAgentSocket(false);
    try (Simulator plain = Simulator.start(options)) {
      String server = "--base-url=" + plain.baseUrl();
      assertThat(runWith("any-key", server, "--runs=1", "--tokens=20")).isZero();
      assertThat(out.toString())
          .contains("No figures over a WebSocket: ")
          .contains("the server names no socket")
          .contains("deepseek-v3.2, events, run 1 of 1: first token after ")
          .doesNotContain("FAILED");
      assertThat(runWith("any-key", server, "--runs=1", "--transports=websocket")).isEqualTo(1);
      assertThat(out.toString()).contains("Nothing was measured.");
    }
  }

  @Test
  void runThatBreaksOffIsNoFigure() throws Exception {
    String prompt = "[[cut=3]][[tokens={tokens}]]";
    assertThat(run("--pace=0", "--models=deepseek-v3.2", "--runs=1", "--prompt=" + prompt))
        .isEqualTo(1);
    assertThat(out.toString()).contains("FAILED").contains("is not whole");
  }

  @Test
  void optionsThatMakeNoSenseAreSaid() {
    assertThat(run("--runs=0")).isEqualTo(2);
    assertThat(err.toString()).startsWith("--runs must be 1 to 1000, not 0");
    assertThat(run("--tokens=1")).isEqualTo(2);
    assertThat(err.toString()).contains("--tokens must be 2 to 100000, not 1");
    assertThat(runWith("any-key", "--base-url=sheep", "--runs=1")).isEqualTo(1);
    assertThat(err.toString()).contains("'baseUrl' is not an address").doesNotContain("\tat ");
  }

  private int run(String... options) {
    return runWith(null, options);
  }

  private int runWith(@Nullable String apiKey, String... options) {
    CommandLine command = new ModelBenchmark(apiKey).commandLine();
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    String[] all = Arrays.copyOf(options, options.length + 1);
    all[options.length] = "--out=" + folder;
    return command.execute(all);
  }
}
