package ai.holysheep.camel.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsFileTest {

  @TempDir private Path folder;

  @Test
  void runsAreReadAsTheyWereWritten() throws Exception {
    RunsFile file = new RunsFile(folder.resolve("runs.csv"));
    Run good = MadeUp.run("burst-1", "pull", 2.5);
    Run bad = MadeUp.run("burst-1", "push", 3, "it said \"no\",\nand\r\n\\ went; ü").inRound(2);
    file.append(good);
    file.append(bad);
    assertThat(file.read()).containsExactly(good, bad);
    assertThat(Files.readAllLines(folder.resolve("runs.csv"))).hasSize(3);
  }

  @Test
  void lineOfAnotherFileIsRefused() throws Exception {
    Path other = folder.resolve("runs.csv");
    Files.writeString(other, "a,b,c\n");
    assertThatIOException().isThrownBy(new RunsFile(other)::read).withMessageContaining("a,b,c");
  }
}
