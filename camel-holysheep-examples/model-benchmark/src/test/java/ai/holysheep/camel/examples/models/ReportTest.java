package ai.holysheep.camel.examples.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is shown of given figures. */
class ReportTest {

  @TempDir Path folder;

  @Test
  void publishedFiguresAreThoseOfTheVendor() throws IOException {
    Published published = Published.read(null);
    assertThat(published.models())
        .containsExactly("gpt-4.1", "claude-sonnet-4.5", "gemini-2.5-flash", "deepseek-v3.2");
    assertThat(published.millis("claude-sonnet-4.5", "firstToken")).isEqualTo(980);
    assertThat(published.price("deepseek-v3.2")).isEqualTo(new BigDecimal("0.42"));
    assertThat(published.price("unknown")).isNull();
  }

  @Test
  void tenMillionTokensOfClaudeCostAHundredAndFiftyDollars() throws IOException {
    assertThat(Published.read(null).cost("claude-sonnet-4.5", 10_000_000))
        .isEqualByComparingTo("150");
  }

  @Test
  void priceThatIsNoNumberIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("p.properties"), "models=a\na.price=cheap\n");
    assertThatThrownBy(() -> Published.read(file))
        .hasMessage("a.price must be a number, not 'cheap'");
  }

  @Test
  void tableHasMedianLeastAndMostBesideWhatIsPublished() throws IOException {
    ModelRuns runs = new ModelRuns("deepseek-v3.2", Transport.SSE);
    runs.add(1, new Measured(300, 12.5, 6_500, 500, "server", "length"));
    runs.add(2, new Measured(280, 12.0, 6_000, 500, "server", "length"));
    runs.add(3, new Measured(900, 13.0, 9_000, 500, "server", "length"));
    assertThat(new TableReport(Published.read(null), 500, 1).table(List.of(runs)))
        .isEqualTo(
            """
            | model                 | first token, ms |        interval, ms |    500 tokens, s | USD per 1M output |
            |-----------------------|----------------:|--------------------:|-----------------:|------------------:|
            | deepseek-v3.2, events |   300 (280-900) | 12.50 (12.00-13.00) | 6.50 (6.00-9.00) |              0.42 |
            | - published           |             290 |               12.00 |             6.20 |                   |
            """);
  }

  @Test
  void computedTimesAndFailuresAndEstimatesAreSaid() throws IOException {
    ModelRuns runs = new ModelRuns("another", Transport.WEBSOCKET);
    runs.add(1, new Measured(100, 10, 490, 40, "estimated", "stop"));
    runs.addFailure(2, "The server said \"no\", twice");
    String text = new Report(Published.read(null), 500, 1).text(List.of(runs));
    assertThat(text)
        .contains("~5.09 (5.09-5.09) |           unknown |")
        .contains("another, WebSocket: only 1 of 2 runs came to their end.")
        .contains(
            "another, WebSocket: the answers have another length; ~ is first token plus 499 intervals.")
        .contains("another, WebSocket: the server does not count tokens, so they are estimated.")
        .doesNotContain("- published");
    new CsvReport(List.of(runs)).writeRuns(folder.resolve("runs.csv"));
    assertThat(folder.resolve("runs.csv"))
        .hasContent(
            """
            model,transport,run,first_token_ms,mean_interval_ms,total_ms,tokens,tokens_counted_by,finish_reason,failure
            another,websocket,1,100.000,10.000,490.000,40,estimated,stop,
            another,websocket,2,,,,,,,"The server said ""no"", twice"
            """);
  }
}
