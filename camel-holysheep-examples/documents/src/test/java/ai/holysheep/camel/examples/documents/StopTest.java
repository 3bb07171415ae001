package ai.holysheep.camel.examples.documents;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.simulator.Simulator;
import ai.holysheep.camel.simulator.SimulatorOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that is stopped in the middle of an answer, and the next one. */
class StopTest {

  private static final String LONG = "A sentence of the sheep. And another one! ".repeat(50);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  @TempDir Path folder;
  private Simulator simulator;
  private Work work;

  @BeforeEach
  void threeDocumentsOfWhichTheSecondStallsOnce() throws Exception {
    simulator = Simulator.start(SimulatorOptions.defaults().withPaceFactor(0));
    work = new Work(folder.resolve("work"), simulator.baseUrl(), "key");
    work.put("a.txt", "[[echo]]a" + LONG);
    work.put("b.txt", "[[stall=60]][[times=1]][[echo]]b" + LONG);
    work.put("c.txt", "[[echo]]c");
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void processThatIsStoppedOrKilledLosesAndDoublesNothing(boolean isKilled) throws Exception {
    Process process = start("baseUrl=" + simulator.baseUrl());
    // Its changing line tells where it is, without a loop that takes its processor away.
    try (Scanner shown = new Scanner(process.getInputStream(), StandardCharsets.UTF_8)) {
      assertThat(shown.findWithinHorizon("b\\.txt \\([1-9]", 0)).isNotNull();
      end(process, isKilled);
    }
    assertThat(work.files("answers")).containsExactly("a.txt");
    assertThat(work.files("done")).containsExactly("a.txt");
    assertThat(work.files("inbox")).containsExactly("b.txt", "c.txt");
    assertNextRunFinishes();
  }

  private static void end(Process process, boolean isKilled) throws Exception {
    if (isKilled) {
      process.toHandle().destroyForcibly();
    } else {
      process.toHandle().destroy();
    }
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void contextThatIsStoppedLosesAndDoublesNothing() throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<?> run = thread.submit(work::run);
      awaitSentencesOf("b.txt");
      run.cancel(true);
      thread.shutdown();
      assertThat(thread.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    } finally {
      thread.shutdownNow();
    }
    assertThat(work.files("answers")).containsExactly("a.txt");
    assertThat(work.files("failed")).isEmpty();
    assertNextRunFinishes();
  }

  @Test
  void settingThatMakesNoSenseIsOneLine() throws Exception {
    Process process = start("task=nonsense");
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(work.read("../stderr.txt"))
        .startsWith("The task must be summary, translation, or an instruction")
        .hasLineCount(1);
  }

  private void assertNextRunFinishes() throws Exception {
    assertThat(work.run()).isNull();
    assertThat(work.files("inbox")).isEmpty();
    assertThat(work.files("failed")).isEmpty();
    assertThat(work.files(".partial")).isEmpty();
    assertThat(work.read("answers/a.txt")).isEqualTo("a" + LONG);
    assertThat(work.read("answers/b.txt")).isEqualTo("b" + LONG);
    assertThat(work.read("answers/c.txt")).isEqualTo("c");
    // Only what had not been finished was asked again.
    assertThat(simulator.requests()).hasSize(4);
  }

  private void awaitSentencesOf(String name) throws Exception {
    long begin = System.nanoTime();
    while (!work.files(".partial").contains(name)) {
      assertThat(System.nanoTime() - begin).isLessThan(PATIENCE_NANOS);
      Thread.yield();
    }
  }

  private Process start(String property) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dlive=true",
            "-D" + property));
    command.addAll(List.of("-DstreamFrom=1000", "-Dfolder=" + folder.resolve("work")));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Documents.class.getName());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(folder.resolve("stderr.txt").toFile());
    builder.environment().put("HOLYSHEEP_API_KEY", "key");
    return builder.start();
  }
}
