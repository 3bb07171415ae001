package ai.holysheep.camel.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.holysheep.camel.chat.CallFailed;
import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.Choice;
import ai.holysheep.camel.chat.ChoiceDelta;
import ai.holysheep.camel.chat.Chunk;
import ai.holysheep.camel.chat.TextReceived;
import ai.holysheep.camel.chat.ToolCall;
import ai.holysheep.camel.chat.ToolCallFragment;
import ai.holysheep.camel.chat.ToolCallReceived;
import ai.holysheep.camel.chat.Usage;
import ai.holysheep.camel.chat.UsageSource;
import ai.holysheep.camel.error.LimitExceededException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How much of an answer is kept, where at most ten characters of it are. */
class KeptAnswerTest {

  private static final Usage USAGE = new Usage(1L, 2L, 3L, null, null, UsageSource.SERVER);

  private final EventSequence sequence = new EventSequence("stream-1", 1, 10);

  @Test
  void answerThatFitsIsWhole() {
    text("12345");
    text("67890");
    text("");
    assertThat(sequence.isCut()).isFalse();
    assertThat(sequence.answer().isCut()).isFalse();
    assertThat(sequence.answer().text()).isEqualTo("1234567890");
    assertThat(sequence.answer().receivedCharacters()).isEqualTo(10);
  }

  @Test
  void beginningOfALongTextIsKeptAndSaysThatItIsCut() {
    text("123456");
    text("789012");
    text("345");
    ChatAnswer answer = sequence.answer();
    assertThat(answer.text()).isEqualTo("1234567890");
    assertThat(answer.isCut()).isTrue();
    assertThat(answer.choices().get(0).droppedCharacters()).isEqualTo(5);
    assertThat(answer.receivedCharacters()).isEqualTo(15);
    assertThat(sequence.isCut()).isTrue();
  }

  @Test
  void partsOfALongTextAreHandedOnWhole() {
    text("123456");
    text("789012");
    text("345");
    sequence.end(USAGE, 0, null, null);
    assertThat(texts()).containsExactly("123456", "789012", "345");
  }

  @Test
  void keptTextHasNoGapAndNoHalfCharacter() {
    text("12345678\uD83D");
    text("\uDC11"); // the other half of a sheep
    text("end");
    assertThat(sequence.answer().text()).isEqualTo("12345678\uD83D\uDC11");
    EventSequence other = new EventSequence("stream-2", 1, 10);
    other.accept(delta(0, "123456789\uD83D\uDC11", null));
    other.accept(delta(0, "a", null));
    assertThat(other.answer().text()).isEqualTo("123456789");
    assertThat(other.answer().receivedCharacters()).isEqualTo(12);
  }

  @Test
  void halfOfACharacterThatCameBeforeTheCutIsNotKeptEither() {
    text("123456789\uD83D");
    text("\uDC11");
    assertThat(sequence.answer().text()).isEqualTo("123456789");
    assertThat(sequence.answer().receivedCharacters()).isEqualTo(11);
  }

  @Test
  void reasoningAndTextsOfAllAnswersShareTheLimit() {
    EventSequence two = new EventSequence("stream-1", 2, 10);
    two.accept(delta(0, "text", "why"));
    two.accept(delta(1, "other", null));
    two.accept(delta(0, "more", null));
    assertThat(two.answer().choices())
        .extracting(Choice::reasoning, Choice::text, Choice::isCut)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("why", "text", true),
            org.assertj.core.groups.Tuple.tuple("", "oth", true));
    assertThat(two.answer().receivedCharacters()).isEqualTo(16);
  }

  @Test
  void toolCallAfterALongTextIsJoined() {
    text("more than ten characters");
    tool("a", "f", "{\"x\":1}");
    sequence.accept(finish("tool_calls"));
    sequence.end(USAGE, 0, null, null);
    assertThat(toolCalls()).containsExactly(new ToolCall("a", "f", "{\"x\":1}", true));
  }

  @Test
  void toolCallThatIsTooLongIsRefusedAndNeverCalledComplete() {
    sequence.accept(tool("a", "f", "{\"x", "stop"));
    assertThatExceptionOfType(LimitExceededException.class)
        .isThrownBy(() -> tool(null, null, "more than ten"))
        .withMessage("the tool calls have more than 10 characters (option 'maxKeptCharacters')");
    sequence.fail(new IllegalStateException("too long"));
    List<ChatEvent> events = all();
    assertThat(events).hasSize(1);
    ChatAnswer partial = ((CallFailed) events.get(0)).partialAnswer();
    assertThat(partial.toolCalls()).containsExactly(new ToolCall("a", "f", "{\"x", false));
    assertThat(partial.isCut()).isTrue();
  }

  @Test
  void namesAndIdsOfToolCallsCountToo() {
    assertThatExceptionOfType(LimitExceededException.class)
        .isThrownBy(() -> tool("a", "a_long_name", ""));
    EventSequence other = new EventSequence("stream-2", 1, 10);
    assertThatExceptionOfType(LimitExceededException.class)
        .isThrownBy(
            () -> {
              for (int i = 0; i < 11; i++) {
                other.accept(tool("" + i % 10 + i / 10, null, "", null));
              }
            });
  }

  @Test
  void textThatIsCutCannotBeGoneOnWith() {
    text("1234567890");
    assertThat(sequence.isContinuable()).isTrue();
    text("1");
    assertThat(sequence.isContinuable()).isFalse();
  }

  @Test
  void answerThatBeginsAnewIsKeptAnew() {
    text("more than ten characters");
    sequence.startOver(new IllegalStateException("cut"));
    assertThat(sequence.isCut()).isFalse();
    text("1234567890");
    assertThat(sequence.answer().text()).isEqualTo("1234567890");
    assertThat(sequence.answer().isCut()).isFalse();
  }

  @Test
  void toolCallsThatAreMadeAnewCountAnew() {
    text("Hi");
    for (int i = 0; i < 3; i++) {
      tool("a", "f", "{\"x\":1");
      sequence.goOn();
    }
    tool("a", "f", "{\"x\":1}");
    sequence.accept(finish("tool_calls"));
    sequence.end(USAGE, 0, null, null);
    assertThat(toolCalls()).extracting(ToolCall::arguments).containsExactly("{\"x\":1}");
  }

  private void text(String text) {
    sequence.accept(delta(0, text, null));
  }

  private void tool(String id, String name, String arguments) {
    sequence.accept(tool(id, name, arguments, null));
  }

  private List<String> texts() {
    return all().stream()
        .filter(TextReceived.class::isInstance)
        .map(event -> ((TextReceived) event).text())
        .toList();
  }

  private List<ToolCall> toolCalls() {
    return all().stream()
        .filter(ToolCallReceived.class::isInstance)
        .map(event -> ((ToolCallReceived) event).toolCall())
        .toList();
  }

  private List<ChatEvent> all() {
    List<ChatEvent> events = new ArrayList<>();
    for (ChatEvent event = sequence.poll(); event != null; event = sequence.poll()) {
      events.add(event);
    }
    return events;
  }

  private static Chunk delta(int index, String text, String reasoning) {
    return chunk(new ChoiceDelta(index, text, reasoning, List.of(), null));
  }

  private static Chunk finish(String reason) {
    return chunk(new ChoiceDelta(0, null, null, List.of(), reason));
  }

  private static Chunk tool(String id, String name, String arguments, String finishReason) {
    ToolCallFragment fragment = new ToolCallFragment(0, id, name, arguments);
    return chunk(new ChoiceDelta(0, null, null, List.of(fragment), finishReason));
  }

  private static Chunk chunk(ChoiceDelta delta) {
    return new Chunk(null, null, List.of(delta), null, null);
  }
}
