package ai.holysheep.camel.benchmarks.load;

import ai.holysheep.camel.benchmarks.report.Run;
import ai.holysheep.camel.benchmarks.report.Run.Micros;
import ai.holysheep.camel.benchmarks.ways.Ways;
import ai.holysheep.camel.simulator.load.LoadServerMain;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Makes one run: a server and its client, in a process each. */
final class Processes {

  /**
   * What a run may take beyond warm-up and window, until its streams and its process have ended.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  /** All clients have the same. */
  private static final String CLIENT_HEAP = "-Xmx2g";

  private static final ObjectMapper MAPPER =
      new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

  private final Duration warmUp;
  private final Duration window;

  Processes(Duration warmUp, Duration window) {
    this.warmUp = warmUp;
    this.window = window;
  }

  /** Measures one way in one scenario. What goes wrong is told by the run. */
  Run run(Scenario scenario, Ways way) throws IOException, InterruptedException {
    Process server = java("-Xmx512m", LoadServerMain.class, List.of()).start();
    Path output = Files.createTempFile("benchmark", ".txt");
    try {
      String baseUrl = "http://127.0.0.1:" + firstLine(server) + "/v1";
      List<String> arguments =
          List.of(
              scenario.word(),
              way.word(),
              baseUrl,
              String.valueOf(warmUp.toSeconds()),
              String.valueOf(window.toSeconds()));
      Process client =
          java(CLIENT_HEAP, LoadWorker.class, arguments).redirectOutput(output.toFile()).start();
      Duration longest = warmUp.plus(window).plus(PATIENCE);
      if (!client.waitFor(longest.toSeconds(), TimeUnit.SECONDS)) {
        client.destroyForcibly();
        return failed(scenario, way, "it was not at its end after " + longest.toSeconds() + " s");
      }
      return result(scenario, way, Files.readAllLines(output, StandardCharsets.UTF_8));
    } finally {
      server.destroy();
      server.waitFor();
      Files.deleteIfExists(output);
    }
  }

  private static ProcessBuilder java(String heap, Class<?> main, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add(heap);
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=error");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(arguments);
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
  }

  private static String firstLine(Process process) throws IOException {
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    String line = output.readLine();
    if (line == null) {
      throw new IOException("The load server has not started; it says why above.");
    }
    return line;
  }

  private static Run result(Scenario scenario, Ways way, List<String> output) throws IOException {
    for (String line : output) {
      if (line.startsWith(LoadWorker.RESULT)) {
        return MAPPER.readValue(line.substring(LoadWorker.RESULT.length()), Run.class);
      }
    }
    String last = output.isEmpty() ? "nothing" : output.get(output.size() - 1);
    return failed(scenario, way, "its process ended without a result; its last words: " + last);
  }

  private static Run failed(Scenario scenario, Ways way, String failure) {
    return new Run(
        scenario.word(),
        way.word(),
        0,
        scenario.streams(),
        0,
        0,
        0,
        0,
        0,
        Micros.NONE,
        Micros.NONE,
        0,
        0,
        0,
        0,
        0,
        failure);
  }
}
