package ai.holysheep.camel.examples.documents;

import static ai.holysheep.camel.HolySheepConstants.COMPLETION_TOKENS;
import static ai.holysheep.camel.HolySheepConstants.PROMPT_TOKENS;

import java.util.Locale;
import java.util.function.LongSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * What has become of the documents so far. The route tells it; it tells the display one line for
 * each document, and where it stands when asked. One document is under way at a time.
 */
final class Progress {

  private static final double NANOS_PER_SECOND = 1e9;

  /** The whole of it is in the file beside the document. */
  private static final int LONGEST_REASON = 60;

  private final LongSupplier nanoClock;
  private final Display display;
  private final long startedNanos;

  private int total;
  private int answered;
  private int failed;
  private int skipped;
  private long promptTokens;
  private long completionTokens;

  // The document under way.
  private @Nullable String name;
  private long begunNanos;
  private long tokensOfName;
  private int parts;

  Progress(LongSupplier nanoClock, Display display) {
    this.nanoClock = nanoClock;
    this.display = display;
    this.startedNanos = nanoClock.getAsLong();
  }

  /** A document is begun. How many there are is known anew with each look into the folder. */
  public synchronized void begin(Exchange exchange) {
    int size = exchange.getProperty(Exchange.BATCH_SIZE, 1, Integer.class);
    int index = exchange.getProperty(Exchange.BATCH_INDEX, 0, Integer.class);
    total = finished() + size - index;
    name = exchange.getMessage().getHeader(Exchange.FILE_NAME, String.class);
    begunNanos = nanoClock.getAsLong();
    tokensOfName = 0;
    parts = 0;
  }

  /** A sentence has come. */
  public synchronized void part() {
    parts++;
  }

  /** The answer is over, with what it used. */
  public synchronized void usage(Message message) {
    promptTokens += message.getHeader(PROMPT_TOKENS, 0L, Long.class);
    tokensOfName = message.getHeader(COMPLETION_TOKENS, 0L, Long.class);
    completionTokens += tokensOfName;
  }

  /** The answer has its final name. */
  public synchronized void answered() {
    answered++;
    String seconds = seconds(begunNanos);
    finish("done   ", tokensOfName + " tokens in " + seconds + " s -> answers/" + name);
  }

  /** An earlier run had answered the document. */
  public synchronized void skipped() {
    skipped++;
    finish("skipped", "answered before, unchanged since; to ask again, touch it");
  }

  /** The document goes to {@code failed}. */
  public synchronized void failed(String reason) {
    failed++;
    finish("failed ", shortened(reason) + " -> failed/" + name + ".reason.txt");
  }

  /** The document stays in the inbox, because the run has to stop. */
  public synchronized void kept() {
    name = null;
  }

  private void finish(String word, String what) {
    display.line("[%d/%d] %s %s: %s".formatted(finished(), total, word, name, what));
    name = null;
  }

  /** Where the run stands, in one line; empty where there is nothing to tell. */
  synchronized String now() {
    if (total == 0) {
      return "";
    }
    String state =
        String.format(
            Locale.ROOT,
            "%d of %d, %,d tokens, %s s",
            finished(),
            total,
            completionTokens,
            seconds(startedNanos));
    if (name == null) {
      return state;
    }
    return state + "  " + name + (parts == 0 ? "" : " (" + parts + " sentences)");
  }

  /** What the run did. */
  synchronized String summary() {
    return String.format(
        Locale.ROOT,
        "%d answered, %d failed%s; %,d tokens read, %,d written, in %s s",
        answered,
        failed,
        skipped == 0 ? "" : ", " + skipped + " skipped",
        promptTokens,
        completionTokens,
        seconds(startedNanos));
  }

  private static String shortened(String reason) {
    return reason.length() <= LONGEST_REASON
        ? reason
        : reason.substring(0, LONGEST_REASON).stripTrailing() + "...";
  }

  private int finished() {
    return answered + failed + skipped;
  }

  private String seconds(long sinceNanos) {
    return String.format(
        Locale.ROOT, "%.1f", (nanoClock.getAsLong() - sinceNanos) / NANOS_PER_SECOND);
  }
}
