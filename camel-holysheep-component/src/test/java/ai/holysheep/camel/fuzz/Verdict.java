package ai.holysheep.camel.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.chat.CallEnded;
import ai.holysheep.camel.chat.CallFailed;
import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.Choice;
import ai.holysheep.camel.chat.EventStream;
import ai.holysheep.camel.chat.ReasoningReceived;
import ai.holysheep.camel.chat.TextReceived;
import ai.holysheep.camel.chat.ToolCall;
import ai.holysheep.camel.chat.ToolCallReceived;
import ai.holysheep.camel.error.HolySheepException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one call came to, without its random id.
 *
 * @param events its events as texts
 * @param answer what it had received in the end
 * @param failure the failure that was thrown or came as the last event; null where it ended well
 */
record Verdict(List<String> events, ChatAnswer answer, @Nullable String failure) {

  /** Takes the whole stream and checks what holds for every stream. */
  static Verdict of(EventStream stream) {
    List<ChatEvent> events = new ArrayList<>();
    HolySheepException thrown = null;
    try {
      while (stream.hasNext()) {
        events.add(stream.next());
      }
    } catch (HolySheepException e) {
      thrown = e;
    }
    assertThat(stream.hasNext()).as("more after the end").isFalse();
    checkOrder(events, thrown);
    ChatAnswer answer = stream.answer();
    assertThat(stream.answer()).as("asked twice").isEqualTo(answer);
    checkTexts(events, answer);
    return new Verdict(
        events.stream().map(event -> anonymous(event.toString(), stream)).toList(),
        new ChatAnswer("", answer.responseId(), answer.model(), answer.choices(), answer.report()),
        failure(events, thrown));
  }

  boolean isWhole() {
    return failure == null;
  }

  private static String failure(List<ChatEvent> events, HolySheepException thrown) {
    HolySheepException failure = thrown;
    if (thrown == null && events.get(events.size() - 1) instanceof CallFailed failed) {
      failure = (HolySheepException) failed.exception();
    }
    return failure == null ? null : failure.toString();
  }

  /** Numbers without gaps; one last event or one exception, never both, never none. */
  private static void checkOrder(List<ChatEvent> events, HolySheepException thrown) {
    for (int i = 0; i < events.size(); i++) {
      assertThat(events.get(i).origin().index()).as("index").isEqualTo(i);
      boolean isLast = thrown == null && i == events.size() - 1;
      assertThat(events.get(i).isLast()).as("last at %s", i).isEqualTo(isLast);
    }
    assertThat(thrown != null || !events.isEmpty()).as("has an end").isTrue();
  }

  /** The parts of each answer, put together, are the answer. */
  private static void checkTexts(List<ChatEvent> events, ChatAnswer answer) {
    for (Choice choice : answer.choices()) {
      StringBuilder text = new StringBuilder();
      StringBuilder reasoning = new StringBuilder();
      List<ToolCall> calls = new ArrayList<>();
      for (ChatEvent event : events) {
        Integer label = event.origin().choiceIndex();
        if (Objects.requireNonNullElse(label, 0) != choice.index()) {
          continue;
        }
        if (event instanceof TextReceived part) {
          assertThat(part.text()).isNotEmpty();
          text.append(part.text());
        } else if (event instanceof ReasoningReceived part) {
          assertThat(part.text()).isNotEmpty();
          reasoning.append(part.text());
        } else if (event instanceof ToolCallReceived part) {
          calls.add(part.toolCall());
        }
      }
      assertThat(choice.text()).isEqualTo(text.toString());
      assertThat(choice.reasoning()).isEqualTo(reasoning.toString());
      if (!events.isEmpty() && events.get(events.size() - 1) instanceof CallEnded) {
        assertThat(choice.toolCalls())
            .as("calls are given out once")
            .containsExactlyInAnyOrderElementsOf(calls);
      }
    }
  }

  private static String anonymous(String text, EventStream stream) {
    return text.replace(stream.id(), "ID");
  }
}
