package ai.holysheep.camel.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.examples.gateway.GatewaySettings.Access;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * The clients themselves, as npm has them, in Node: those of OpenAI, and what is under {@code
 * useChat} of Vercel's AI SDK. Skipped where there is no Node, or npm cannot get them, but in CI
 * (environment variable {@code CI}), where that is a failure.
 */
class NodeClientsTest {

  private static final Path SOURCES = Path.of("src", "test", "node");
  private static final Path FOLDER = Path.of("target", "node-clients");
  private static final String KEY = "gateway-key";
  private static final int MANY = 50;

  @Test
  void theirClientsFindWhatTheyExpect() throws Exception {
    install();
    try (RunningGateway gateway =
        RunningGateway.start(
            new Access(null, KEY, null, List.of()),
            RunningGateway.limits(MANY, MANY, Duration.ofSeconds(5)),
            0)) {
      Run run =
          run(
              List.of("node", "--test", "."),
              Map.of("GATEWAY_URL", gateway.url(), "GATEWAY_KEY", KEY));
      assertThat(run.exitCode()).as(run.output()).isZero();
      assertThat(run.output()).contains("# tests 28").contains("# pass 28");
    }
  }

  private static void install() throws Exception {
    Files.createDirectories(FOLDER);
    try (Stream<Path> files = Files.list(SOURCES)) {
      files.forEach(NodeClientsTest::copy);
    }
    Run npm = run(List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"), Map.of());
    if (System.getenv("CI") == null) {
      Assumptions.assumeTrue(
          npm.exitCode() == 0,
          () -> "Skipped: the clients cannot be installed with npm. " + npm.output());
    }
    assertThat(npm.exitCode()).as(npm.output()).isZero();
  }

  private static void copy(Path file) {
    try {
      Files.copy(file, FOLDER.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Run(int exitCode, String output) {}

  private static Run run(List<String> command, Map<String, String> environment)
      throws InterruptedException {
    Path output = FOLDER.resolve(command.get(0) + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(FOLDER.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      boolean over = process.waitFor(3, TimeUnit.MINUTES);
      process.destroyForcibly();
      String said = Files.readString(output, StandardCharsets.UTF_8);
      return new Run(over ? process.exitValue() : -1, over ? said : "It hangs. " + said);
    } catch (IOException e) {
      return new Run(-1, "There is no " + command.get(0) + " here: " + e.getMessage());
    }
  }
}
