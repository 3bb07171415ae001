package ai.holysheep.camel.survival;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** The page docs/reference/eips.md says what routes do. */
class StreamsInRoutesTest {

  static final String COMMAND =
      "mvn -q test -pl camel-holysheep-component -Dtest=StreamsInRoutesTest -Dreference.write=true";
  private static final Path PAGE = Path.of("..", "docs", "reference", "eips.md");
  private static final int THREADS = 12;

  @Test
  void pageSaysWhatRoutesDo() throws Exception {
    String known = Files.readString(PAGE);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      String page = SurvivalPage.page(COMMAND, new SurvivalMatrix(known, threads).tables());
      if (Boolean.getBoolean("reference.write")) {
        Files.writeString(PAGE, page);
      }
      assertThat(Files.readString(PAGE))
          .as("docs/reference/eips.md is old. Make it anew: %s", COMMAND)
          .isEqualTo(page);
    } finally {
      threads.shutdownNow();
    }
  }
}
