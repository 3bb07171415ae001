package ai.holysheep.camel.examples.quickstart;

import static ai.holysheep.camel.HolySheepConstants.COMPLETION_TOKENS;
import static ai.holysheep.camel.HolySheepConstants.RESPONSE_MODEL;

import ai.holysheep.camel.error.HolySheepException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Prints the answer while it comes, in UTF-8 whatever the machine's own encoding is. */
final class Terminal {

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
  private long askedNanos;
  private boolean inLine;

  synchronized void say(String line) {
    out.println(line);
  }

  /** The question goes out now. */
  synchronized void question(Exchange exchange) {
    askedNanos = System.nanoTime();
  }

  /** A piece of the answer; it must not wait in a buffer for the next one. */
  synchronized void token(Exchange exchange) {
    out.print(exchange.getMessage().getBody(String.class));
    out.flush();
    inLine = true;
  }

  /** The last part of the answer, which carries the figures. */
  synchronized void summary(Exchange exchange) {
    endLine();
    Message usage = exchange.getMessage();
    long tokens = usage.getHeader(COMPLETION_TOKENS, 0L, Long.class);
    double seconds = (System.nanoTime() - askedNanos) / 1e9;
    out.printf(
        Locale.ROOT,
        "%n%s: %d tokens in %.1f s, %.0f tokens/s, saved in answers/answer.txt%n",
        usage.getHeader(RESPONSE_MODEL),
        tokens,
        seconds,
        tokens / seconds);
  }

  /** One line about what went wrong: the component's own sentence where there is one. */
  synchronized void complain(Exception failure) {
    endLine();
    Throwable reason = failure;
    while (reason.getCause() != null && !(reason instanceof HolySheepException)) {
      reason = reason.getCause();
    }
    String message = reason.getMessage();
    err.println((message == null ? reason.toString() : message).replaceAll("\\s+", " "));
  }

  synchronized void endLine() {
    if (inLine) {
      out.println();
      inLine = false;
    }
  }
}
