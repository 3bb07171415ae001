package ai.holysheep.camel.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.chat.AnswerRestarted;
import ai.holysheep.camel.chat.CallEnded;
import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.Choice;
import ai.holysheep.camel.chat.ReasoningReceived;
import ai.holysheep.camel.chat.Report;
import ai.holysheep.camel.chat.TextReceived;
import ai.holysheep.camel.chat.ToolCall;
import ai.holysheep.camel.chat.ToolCallReceived;
import ai.holysheep.camel.chat.Usage;
import ai.holysheep.camel.chat.UsageSource;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.error.Progress;
import ai.holysheep.camel.testing.ScriptedServer;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What became of a call, in words: its events in order, and its end or its failure. The words of
 * what is expected and of what was seen are made here, so that they can be compared, and printed.
 */
final class Verdict {

  /** The end of a good stream. */
  static final String END = end("stop", "7+3 tokens");

  /** What came before is void. */
  static final String RESTART = "restart";

  private static final int QUOTED_CHARACTERS = 40;

  private final List<String> words = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private long count;

  static String text(String text) {
    int length = text.length();
    String shown =
        length <= QUOTED_CHARACTERS ? text : text.substring(0, 10) + "… " + length + " characters";
    return "\"" + Words.escaped(shown) + "\"";
  }

  static String reasoning(String text) {
    return "reasoning " + text(text);
  }

  /** The text of one of several answers. */
  static String text(int choice, String text) {
    return "#" + choice + " " + text(text);
  }

  static String call(String id, String name, String arguments) {
    String shown = arguments.length() <= QUOTED_CHARACTERS ? arguments : text(arguments);
    return "call " + (id == null ? "" : id + " ") + name + "(" + Words.escaped(shown) + ")";
  }

  static String cutCall(String id, String name, String arguments) {
    return call(id, name, arguments) + " incomplete";
  }

  static String end(String reason, String tokens, String... more) {
    String further = Arrays.stream(more).map(word -> ", " + word).collect(Collectors.joining());
    return "end " + reason + ", " + tokens + further;
  }

  static String waits(String time) {
    return "waits " + time;
  }

  static String failure(Class<? extends HolySheepException> type, String fragment) {
    return "**" + type.getSimpleName() + "** " + fragment.replace("): ", "");
  }

  static String words(Stream<String> words) {
    return words.collect(Collectors.joining(" · "));
  }

  /** Takes note of one event; its place in the stream must be the next one. */
  void saw(ChatEvent event) {
    assertThat(event.origin().index()).as("index").isEqualTo(count++);
    Integer choice = event.origin().choiceIndex();
    if (event instanceof TextReceived received) {
      assertThat(received.text()).isNotEmpty();
      words.add(choice == null ? text(received.text()) : text(choice, received.text()));
      text.append(choice == null || choice == 0 ? received.text() : "");
    } else if (event instanceof ReasoningReceived received) {
      words.add(reasoning(received.text()));
    } else if (event instanceof ToolCallReceived received) {
      words.add(call(received.toolCall()));
    } else if (event instanceof AnswerRestarted) {
      words.add(RESTART);
      text.setLength(0);
    } else {
      words.add(end(((CallEnded) event).report()));
    }
  }

  /** Takes note of a wait before another try. */
  void sawWait(Duration time) {
    words.add(
        waits(BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros().toPlainString() + " s"));
  }

  /** Takes note of an answer that came in one piece. */
  void saw(ChatAnswer answer) {
    for (Choice choice : answer.choices()) {
      String label = answer.choices().size() == 1 ? "" : "#" + choice.index() + " ";
      if (!choice.reasoning().isEmpty()) {
        words.add(label + reasoning(choice.reasoning()));
      }
      words.add(label + text(choice.text()));
      choice.toolCalls().forEach(call -> words.add(call(call)));
    }
    words.add(end(answer.report()));
  }

  /** The text of all parts must be that of the answer. */
  void sawAnswer(ChatAnswer answer) {
    assertThat(answer.choices().stream().filter(choice -> choice.index() == 0))
        .as("whole text")
        .allMatch(choice -> choice.text().contentEquals(text));
  }

  /** Takes note of the failure; of its message only what the case names, if that is in it. */
  void saw(HolySheepException failure, String fragment) {
    String message = String.valueOf(failure.getMessage());
    boolean told = fragment != null && message.contains(fragment);
    assertThat(failure.getPartialText()).as("partial text").startsWith(text);
    assertThat(message).as("no key in the message").doesNotContain(Asking.KEY);
    if (count > 0) {
      assertThat(failure.getProgress()).isEqualTo(Progress.PARTIAL);
    }
    words.add(failure(failure.getClass(), told ? fragment : "<" + message + ">"));
  }

  @Override
  public String toString() {
    return words(words.stream());
  }

  /** Takes note of what the server was asked. */
  void saw(ScriptedServer.Request request) {
    assertThat(request.line()).isEqualTo("POST /v1/chat/completions HTTP/1.1");
    words.add(sent(request.body()));
  }

  static String sent(String body) {
    return "sent " + Words.shown(body);
  }

  private static String call(ToolCall call) {
    return call.complete()
        ? call(call.id(), call.name(), call.arguments())
        : cutCall(call.id(), call.name(), call.arguments());
  }

  private static String end(Report report) {
    List<String> more = new ArrayList<>();
    String raw = report.rawFinishReason();
    if (raw != null && !raw.equals(report.finishReason().word())) {
      more.add("said " + raw);
    }
    if (report.skippedEventCount() > 0) {
      more.add(report.skippedEventCount() + " skipped");
    }
    if (report.reconnectCount() > 0) {
      more.add("tried again " + report.reconnectCount() + times(report.reconnectCount()));
    }
    return end(report.finishReason().word(), tokens(report.usage()), more.toArray(new String[0]));
  }

  private static String times(int count) {
    return count == 1 ? " time" : " times";
  }

  private static String tokens(Usage usage) {
    if (usage.source() == UsageSource.ESTIMATED) {
      return "tokens estimated";
    }
    String sides = side(usage.promptTokens()) + "+" + side(usage.completionTokens()) + " tokens";
    String cached = usage.cachedTokens() == null ? "" : " (" + usage.cachedTokens() + " cached)";
    String thoughts =
        usage.reasoningTokens() == null ? "" : " (" + usage.reasoningTokens() + " reasoning)";
    return sides + cached + thoughts;
  }

  private static String side(Long tokens) {
    return tokens == null ? "?" : tokens.toString();
  }
}
