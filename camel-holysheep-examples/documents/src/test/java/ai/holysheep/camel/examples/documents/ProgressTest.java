package ai.holysheep.camel.examples.documents;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.HolySheepConstants;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** What can be watched. */
class ProgressTest {

  private final AtomicLong nanos = new AtomicLong();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

  @Test
  void tellsFilesTokensTimeAndWhatIsUnderWay() {
    Progress progress = new Progress(nanos::get, Display.of(out, false));
    assertThat(progress.now()).isEmpty();
    Exchange exchange = document("a.txt", 0, 2);
    progress.begin(exchange);
    assertThat(progress.now()).isEqualTo("0 of 2, 0 tokens, 0.0 s  a.txt");
    progress.part();
    progress.part();
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(1_500));
    assertThat(progress.now()).isEqualTo("0 of 2, 0 tokens, 1.5 s  a.txt (2 sentences)");
    exchange.getMessage().setHeader(HolySheepConstants.PROMPT_TOKENS, 1_000L);
    exchange.getMessage().setHeader(HolySheepConstants.COMPLETION_TOKENS, 2_000L);
    progress.usage(exchange.getMessage());
    progress.answered();
    progress.begin(document("b.txt", 1, 2));
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(500));
    assertThat(progress.now()).isEqualTo("1 of 2, 2,000 tokens, 2.0 s  b.txt");
    progress.failed("It is empty.");
    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "[1/2] done    a.txt: 2000 tokens in 1.5 s -> answers/a.txt",
            "[2/2] failed  b.txt: It is empty. -> failed/b.txt.reason.txt");
    assertThat(progress.summary())
        .isEqualTo("1 answered, 1 failed; 1,000 tokens read, 2,000 written, in 2.0 s");
  }

  @Test
  void documentsThatComeLaterAreCountedToo() {
    Progress progress = new Progress(nanos::get, Display.of(out, false));
    progress.begin(document("a.txt", 0, 1));
    progress.answered();
    progress.begin(document("b.txt", 0, 3));
    assertThat(progress.now()).startsWith("1 of 4,");
  }

  @Test
  void terminalShowsALineThatChangesBelowThoseThatStay() {
    try (Display display = Display.of(out, true)) {
      AtomicLong asked = new AtomicLong();
      display.keep(() -> "state " + asked.incrementAndGet());
      long begin = System.nanoTime();
      while (!printed.toString(StandardCharsets.UTF_8).contains("state 2")) {
        assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(30));
        Thread.onSpinWait();
      }
      display.line("stays");
    }
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .startsWith("\r\u001b[Kstate 1\r\u001b[Kstate 2")
        .contains("\r\u001b[Kstays" + System.lineSeparator())
        .endsWith("\r\u001b[K");
  }

  @Test
  void withoutTerminalNothingChanges() {
    try (Display display = Display.of(out, false)) {
      display.keep(() -> "state");
      display.line("stays");
    }
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .isEqualTo("stays" + System.lineSeparator());
  }

  private static Exchange document(String name, int index, int size) {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    exchange.getMessage().setHeader(Exchange.FILE_NAME, name);
    exchange.setProperty(Exchange.BATCH_INDEX, index);
    exchange.setProperty(Exchange.BATCH_SIZE, size);
    return exchange;
  }
}
