package ai.holysheep.camel.examples.agent;

import static ai.holysheep.camel.HolySheepConstants.COMPLETION_TOKENS;
import static ai.holysheep.camel.HolySheepConstants.FINISH_REASON;
import static ai.holysheep.camel.HolySheepConstants.SESSION_STATE;

import ai.holysheep.camel.chat.ToolCall;
import ai.holysheep.camel.error.HolySheepException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.IntConsumer;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Prints both sides of the talk, in UTF-8 whatever the machine's own encoding is. */
final class Terminal {

  private final PrintStream out;
  private IntConsumer tokenCount = count -> {};
  private int tokens;
  private boolean inLine;

  Terminal(OutputStream out) {
    this.out = new PrintStream(out, true, StandardCharsets.UTF_8);
  }

  synchronized void say(String line) {
    endLine();
    out.println(line);
  }

  /** The user says something, and from now on wants to know how many tokens have come. */
  synchronized void user(String text, IntConsumer newTokenCount) {
    say("\nyou    > " + text);
    tokens = 0;
    tokenCount = newTokenCount;
  }

  /** A piece of the answer; it must not wait in a buffer for the next one. */
  void token(Exchange exchange) {
    int count;
    synchronized (this) {
      if (!inLine) {
        out.print("model  > ");
        inLine = true;
      }
      out.print(exchange.getMessage().getBody(String.class));
      out.flush();
      count = ++tokens;
    }
    tokenCount.accept(count);
  }

  synchronized void toolCall(Exchange exchange) {
    ToolCall call = exchange.getMessage().getBody(ToolCall.class);
    say("tool   > " + call.name() + " " + call.arguments());
  }

  synchronized void toolResult(Exchange exchange) {
    say("tool   > " + exchange.getMessage().getBody(String.class));
  }

  /** The last part of an answer. */
  synchronized void summary(Exchange exchange) {
    Message usage = exchange.getMessage();
    say(
        "         ("
            + usage.getHeader(FINISH_REASON)
            + ", "
            + usage.getHeader(COMPLETION_TOKENS)
            + " tokens)");
  }

  synchronized void connection(Exchange exchange) {
    Message event = exchange.getMessage();
    say(
        "session: "
            + event.getHeader(SESSION_STATE, String.class).replace('_', ' ')
            + " ("
            + event.getBody(String.class)
            + ")");
  }

  /** One line about what went wrong: the component's own sentence where there is one. */
  synchronized void complain(Throwable failure) {
    Throwable reason = failure;
    while (reason.getCause() != null && !(reason instanceof HolySheepException)) {
      reason = reason.getCause();
    }
    String message = reason.getMessage();
    say((message == null ? reason.toString() : message).replaceAll("\\s+", " "));
  }

  synchronized void endLine() {
    if (inLine) {
      out.println();
      inLine = false;
    }
  }
}
