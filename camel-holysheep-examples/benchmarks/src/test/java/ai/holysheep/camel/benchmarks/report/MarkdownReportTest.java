package ai.holysheep.camel.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarkdownReportTest {

  @TempDir private Path folder;

  @Test
  void roundsAreToldByTheirMedianAndTheirSpread() {
    String text =
        report(
            MadeUp.run("burst-1", "pull", 2),
            MadeUp.run("burst-1", "pull", 9),
            MadeUp.run("burst-1", "pull", 4));
    assertThat(text).contains("| pull | 3 |").contains(" 4 (2–9) ");
  }

  @Test
  void waysAreComparedWithThoseThatWereRun() {
    String text =
        report(MadeUp.run("burst-1", "pull", 2), MadeUp.run("burst-1", "openai-java", 21));
    assertThat(text)
        .contains("CPU of openai-java / this")
        .doesNotContain("raw-async / this")
        .containsPattern("\\| pull .* 10\\.50 \\|");
  }

  @Test
  void failedRunSaysSo() {
    assertThat(report(MadeUp.run("paced-1000", "spring-ai", 2, "3 answers\nfailed | why")))
        .contains("- spring-ai, round 1, failed: 3 answers failed \\| why");
  }

  @Test
  void targetIsReachedOrMissedOrNotMeasured() {
    String text =
        report(
            MadeUp.run("burst-1", "pull", 2),
            MadeUp.run("burst-1", "push", 5),
            MadeUp.run("burst-1", "openai-java", 20));
    assertThat(text)
        .containsPattern(
            "burst-1 pull: CPU µs ≤ 0\\.2 × burst-1 openai-java.*\\| 0\\.1 \\| reached")
        .containsPattern("burst-1 push: CPU µs ≤ 0\\.2 × .*\\| 0\\.25 \\| \\*\\*missed\\*\\*")
        .containsPattern("paced-100 pull: p50 ms ≤ 0\\.2 \\| not measured");
  }

  @Test
  void folderGetsAReportAndDrawings() throws Exception {
    RunsFile file = new RunsFile(folder.resolve("runs.csv"));
    file.append(MadeUp.run("burst-1", "pull", 2));
    file.append(MadeUp.run("paced-1000", "push", 2));
    ReportWriter.write(folder);
    assertThat(folder.resolve("report.md")).content().contains("## burst-1", "## Targets");
    for (String drawing : List.of("cpu-burst-1.svg", "latency-paced-1000.svg")) {
      Path svg = folder.resolve(drawing);
      assertThat(
              DocumentBuilderFactory.newInstance()
                  .newDocumentBuilder()
                  .parse(withoutDoctype(svg).toFile())
                  .getDocumentElement()
                  .getTagName())
          .isEqualTo("svg");
    }
  }

  /** The type of the document is looked up in the network. */
  private static Path withoutDoctype(Path svg) throws Exception {
    String text = Files.readString(svg).replaceFirst("(?s)<!DOCTYPE.*?>", "");
    return Files.writeString(svg, text);
  }

  private static String report(Run... runs) {
    return new MarkdownReport(new Rounds(List.of(runs))).text();
  }
}
