package ai.holysheep.camel.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.simulator.Simulator;
import ai.holysheep.camel.simulator.SimulatorExtension;
import ai.holysheep.camel.simulator.SimulatorOptions;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What someone sees who runs the quickstart. */
class QuickstartTest {

  @RegisterExtension
  static final SimulatorExtension SIMULATOR =
      new SimulatorExtension(
          SimulatorOptions.defaults().withPaceFactor(0).withApiKey("the-right-key"));

  @TempDir Path folder;

  @Test
  void printsTheAnswerTheFiguresAndWhereItIsSaved() throws Exception {
    Run run = Run.in(folder, null, "prompt=[[echo]]Grüße an das Schaf 🐑", "pace=0");
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .startsWith("HOLYSHEEP_API_KEY is not set: a simulator on this machine answers")
        .containsPattern(
            "deepseek-v3\\.2: \\d+ tokens in \\d+\\.\\d s, \\d+ tokens/s,"
                + " saved in answers/answer\\.txt\\R$");
    assertThat(run.out().lines().count()).isEqualTo(5);
  }

  @Test
  void printsUtf8OnAMachineWithAnotherEncoding() throws Exception {
    Run run = Run.in(folder, null, "prompt=Hi", "pace=0");
    assertThat(run.out()).contains("You wrote “Hi”");
    assertThat(answer()).contains("You wrote “Hi”");
  }

  @Test
  void printsEachTokenWhenItComes() throws Exception {
    // 100 tokens of this model take 290 ms and 99 times 12 ms.
    Run run = Run.in(folder, null, "prompt=[[tokens=100]]");
    int pieces = run.readNanos().size();
    long nanos = run.readNanos().get(pieces - 1) - run.readNanos().get(0);
    assertThat(pieces).isGreaterThan(20);
    assertThat(nanos).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(600));
  }

  @Test
  void appendsEachAnswerToTheFile() throws Exception {
    Run.in(folder, null, "prompt=[[echo]]one and two", "pace=0");
    assertThat(answer()).isEqualTo("one and two\n\n");
    Run.in(folder, null, "prompt=[[echo]]three", "pace=0");
    assertThat(answer()).isEqualTo("one and two\n\nthree\n\n");
  }

  @Test
  void asksTheServerOfTheBaseUrlWithTheKeyOfTheEnvironment() throws Exception {
    Run run =
        Run.in(
            folder,
            "the-right-key",
            "baseUrl=" + SIMULATOR.baseUrl(),
            "model=gpt-4.1",
            "prompt=[[echo]]one two");
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).startsWith("one two").contains("gpt-4.1: ");
  }

  @Test
  void wrongKeyIsOneLine() throws Exception {
    Run run = Run.in(folder, "the-wrong-key", "baseUrl=" + SIMULATOR.baseUrl());
    assertFailed(run, "The server does not accept the API key");
    assertThat(run.err()).contains("HOLYSHEEP_API_KEY").doesNotContain("the-wrong-key");
  }

  @Test
  void keyThatNobodyCanHaveIsOneLine() throws Exception {
    Run run = Run.in(folder, "a b", "baseUrl=" + SIMULATOR.baseUrl());
    assertFailed(run, "The API key is empty or holds a blank");
  }

  @Test
  void mavenSettingItsOwnLogLevelChangesNothing() throws Exception {
    Run run = Run.in(folder, "a b", "org.slf4j.simpleLogger.defaultLogLevel=error");
    assertFailed(run, "The API key is empty or holds a blank");
  }

  @Test
  void unknownModelIsOneLine() throws Exception {
    assertFailed(Run.in(folder, null, "model=gpt-none"), "gpt-none");
  }

  @Test
  void refusedConnectionIsOneLine() throws Exception {
    int freePort;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      freePort = socket.getLocalPort();
    }
    Run run = Run.in(folder, "key", "baseUrl=http://127.0.0.1:" + freePort + "/v1");
    assertFailed(run, "the connection was refused");
  }

  @Test
  void unknownHostIsOneLine() throws Exception {
    Run run = Run.in(folder, "key", "baseUrl=http://no-such-host.invalid/v1");
    assertFailed(run, "no-such-host.invalid is unknown");
  }

  @Test
  void wrongAddressIsOneLine() throws Exception {
    assertFailed(Run.in(folder, "key", "baseUrl=sheep"), "'baseUrl' is not an address");
  }

  @Test
  void emptyPromptIsOneLine() throws Exception {
    assertFailed(Run.in(folder, null, "prompt="), "The prompt is empty.");
  }

  @Test
  void wrongPaceIsOneLine() throws Exception {
    assertFailed(Run.in(folder, null, "pace=slow"), "The pace must be a number");
    assertFailed(Run.in(folder, null, "pace=-1"), "paceFactor must be 0 to 1000");
  }

  @Test
  void answerThatBreaksOffIsOneLineAfterWhatHadCome() throws Exception {
    Run run = Run.in(folder, null, "prompt=[[cut=2]][[echo]]one two three", "pace=0");
    assertThat(run.out()).endsWith("one two" + System.lineSeparator());
    assertFailed(run, "is not whole");
    assertThat(answer()).isEqualTo("one two");
  }

  @Test
  void interruptEndsItAndItsCall() throws Exception {
    try (Simulator slow = Simulator.start()) {
      Path complaints = folder.resolve("stderr.txt");
      Process process =
          Run.start(
              folder,
              "key",
              complaints.toFile(),
              "baseUrl=" + slow.baseUrl(),
              "prompt=[[tokens=10000]]");
      try (InputStream out = process.getInputStream()) {
        assertThat(out.read()).isPositive();
        process.toHandle().destroy();
        out.readAllBytes();
      }
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(Files.readString(complaints)).isEmpty();
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
      while (slow.cancelledStreams() == 0 && System.nanoTime() < end) {
        Thread.onSpinWait();
      }
      assertThat(slow.cancelledStreams()).isEqualTo(1);
    }
  }

  private static void assertFailed(Run run, String reason) {
    assertThat(run.err()).contains(reason);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.exitCode()).isEqualTo(1);
  }

  private String answer() throws Exception {
    return Files.readString(folder.resolve("answers/answer.txt"));
  }
}
