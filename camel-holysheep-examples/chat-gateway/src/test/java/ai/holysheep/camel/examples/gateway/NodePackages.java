package ai.holysheep.camel.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * What the tests take from npm, installed in the build's folder once. Tests that need it are
 * skipped where there is no Node, or npm cannot get it, but in CI (environment variable {@code
 * CI}), where that is a failure.
 */
public final class NodePackages {

  /** Where they are. */
  public static final Path FOLDER = Path.of("target", "node-packages");

  private static final Path SOURCES = Path.of("src", "test", "node");

  private NodePackages() {}

  /** Installs them; skips the test where that cannot be. */
  public static void install() throws Exception {
    Files.createDirectories(FOLDER);
    try (Stream<Path> files = Files.list(SOURCES)) {
      for (Path file : files.toList()) {
        Files.copy(file, FOLDER.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Path lock = FOLDER.resolve("package-lock.json");
    Path installed = FOLDER.resolve("installed.json");
    if (Files.exists(installed) && Files.mismatch(lock, installed) < 0) {
      return;
    }
    Run npm = run(List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"), Map.of());
    require(npm.exitCode() == 0, "packages of npm cannot be installed. " + npm.output());
    Files.copy(lock, installed, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Skips the test where something is not there that need not be, and fails it in CI. */
  public static void require(boolean there, String otherwise) {
    if (System.getenv("CI") == null) {
      Assumptions.assumeTrue(there, "Skipped: " + otherwise);
    }
    assertThat(there).as(otherwise).isTrue();
  }

  /** How a command ended, and what it printed. */
  record Run(int exitCode, String output) {}

  /** Runs a command in the folder, for three minutes at most. */
  static Run run(List<String> command, Map<String, String> environment)
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
