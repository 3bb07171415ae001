package ai.holysheep.camel.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.holysheep.camel.chat.AnswerRestarted;
import ai.holysheep.camel.chat.CallEnded;
import ai.holysheep.camel.chat.CallFailed;
import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.Choice;
import ai.holysheep.camel.chat.ChoiceDelta;
import ai.holysheep.camel.chat.Chunk;
import ai.holysheep.camel.chat.EventType;
import ai.holysheep.camel.chat.FinishReason;
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

class EventSequenceTest {

  private static final Usage USAGE = new Usage(1L, 2L, 3L, null, null, UsageSource.SERVER);

  private final EventSequence sequence = new EventSequence("stream-1", 1, 10_000);

  @Test
  void eventsAreNumberedWithoutGapsOverAllKinds() {
    sequence.accept(delta(0, "Hel", "hm", null));
    sequence.accept(delta(0, "", null, null));
    sequence.accept(delta(0, "lo", null, "stop"));
    sequence.end(USAGE, 0, null, null);
    List<ChatEvent> events = all();
    assertThat(events).extracting(event -> event.origin().index()).containsExactly(0L, 1L, 2L, 3L);
    assertThat(events)
        .extracting(ChatEvent::type)
        .containsExactly(EventType.REASONING, EventType.TOKEN, EventType.TOKEN, EventType.USAGE);
  }

  @Test
  void onlyTheLastEventSaysThatItIsTheLast() {
    sequence.accept(delta(0, "Hi", null, "stop"));
    sequence.end(USAGE, 0, null, null);
    assertThat(all()).extracting(ChatEvent::isLast).containsExactly(false, true);
  }

  @Test
  void whatComesAfterTheLastEventIsDropped() {
    sequence.end(USAGE, 0, null, null);
    sequence.accept(delta(0, "late", null, null));
    sequence.end(USAGE, 0, null, null);
    sequence.fail(new IllegalStateException("late"));
    assertThat(all()).hasSize(1).allMatch(CallEnded.class::isInstance);
  }

  @Test
  void failureIsTheLastEventAndCarriesWhatHadCome() {
    sequence.accept(delta(0, "Hal", null, null));
    sequence.fail(new IllegalStateException("cut"));
    sequence.end(USAGE, 0, null, null);
    List<ChatEvent> events = all();
    assertThat(events).hasSize(2);
    CallFailed failed = (CallFailed) events.get(1);
    assertThat(failed.partialAnswer().text()).isEqualTo("Hal");
    assertThat(failed.isLast()).isTrue();
  }

  @Test
  void firstKnownIdAndModelStay() {
    sequence.accept(new Chunk("", "", List.of(), null, null));
    sequence.accept(new Chunk("id-1", "model-1", List.of(choice(0, "a", null, null)), null, null));
    sequence.accept(new Chunk("id-2", "model-2", List.of(choice(0, "b", null, null)), null, null));
    assertThat(all())
        .extracting(event -> event.origin().responseId() + " " + event.origin().model())
        .containsExactly("id-1 model-1", "id-1 model-1");
  }

  @Test
  void choicesGrowApartAndKeepTheirOrder() {
    sequence.accept(delta(1, "B", null, null));
    sequence.accept(delta(0, "A", null, "stop"));
    sequence.accept(delta(1, "b", null, "length"));
    sequence.end(USAGE, 0, null, null);
    assertThat(sequence.answer().choices())
        .extracting(Choice::text, Choice::finishReason)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("A", FinishReason.STOP),
            org.assertj.core.groups.Tuple.tuple("Bb", FinishReason.LENGTH));
  }

  @Test
  void hugeChoiceIndexTakesNoSpace() {
    sequence.accept(delta(1_000_000_000, "far", null, null));
    assertThat(all().get(0).origin().choiceIndex()).isEqualTo(1_000_000_000);
  }

  @Test
  void streamIsFinishedWhenEveryChoiceHasAReason() {
    assertThat(sequence.isFinished()).isFalse();
    sequence.accept(delta(0, "A", null, "stop"));
    sequence.accept(delta(1, "B", null, null));
    assertThat(sequence.isFinished()).isFalse();
    sequence.accept(delta(1, null, null, "stop"));
    assertThat(sequence.isFinished()).isTrue();
  }

  @Test
  void toolCallIsHandedOutOnceAndWhole() {
    sequence.accept(tool(0, "call_1", "weather", "{\"ci", null));
    sequence.accept(tool(0, null, null, "ty\":1}", null));
    assertThat(all()).isEmpty();
    sequence.accept(delta(0, null, null, "tool_calls"));
    sequence.accept(delta(0, null, null, "tool_calls"));
    sequence.end(USAGE, 0, null, null);
    assertThat(toolCalls())
        .containsExactly(new ToolCall("call_1", "weather", "{\"city\":1}", true));
  }

  @Test
  void interleavedToolCallsAreJoinedByTheirIndex() {
    sequence.accept(tool(1, "b", "two", "{\"b\"", null));
    sequence.accept(tool(0, "a", "one", "{\"a\"", null));
    sequence.accept(tool(1, null, null, ":2}", null));
    sequence.accept(tool(0, null, null, ":1}", "tool_calls"));
    sequence.end(USAGE, 0, null, null);
    assertThat(toolCalls())
        .containsExactly(
            new ToolCall("a", "one", "{\"a\":1}", true),
            new ToolCall("b", "two", "{\"b\":2}", true));
  }

  @Test
  void toolCallsWithoutIndexBeginWithANewId() {
    sequence.accept(tool(null, "a", "one", "{}", null));
    sequence.accept(tool(null, "b", "two", "{\"x\"", null));
    sequence.accept(tool(null, null, null, ":1}", "tool_calls"));
    sequence.end(USAGE, 0, null, null);
    assertThat(toolCalls())
        .containsExactly(
            new ToolCall("a", "one", "{}", true), new ToolCall("b", "two", "{\"x\":1}", true));
  }

  @Test
  void nameThatIsRepeatedInEveryFragmentIsTakenOnce() {
    sequence.accept(tool(0, "a", "one", "{", null));
    sequence.accept(tool(0, "a", "one", "}", "tool_calls"));
    sequence.end(USAGE, 0, null, null);
    assertThat(toolCalls()).containsExactly(new ToolCall("a", "one", "{}", true));
  }

  /** Some servers give a reason to end with every call. */
  @Test
  void toolCallAfterAReasonToEndIsHandedOutToo() {
    sequence.accept(tool(0, "a", "one", "{}", "stop"));
    sequence.accept(tool(0, "b", "two", "{}", "stop"));
    sequence.accept(tool(null, null, "three", "{}", null));
    sequence.end(USAGE, 0, null, null);
    assertThat(toolCalls()).extracting(ToolCall::name).containsExactly("one", "two", "three");
    assertThat(sequence.answer().toolCalls())
        .extracting(ToolCall::name)
        .containsExactly("one", "two", "three");
  }

  @Test
  void eventsThatNobodyTookLeaveNoGapWhenTheCallIsTriedAgain() {
    sequence.accept(delta(0, "taken", null, null));
    sequence.poll();
    sequence.accept(delta(0, "lost", null, null));
    sequence.accept(delta(0, "lost", null, null));
    sequence.startOver(new IllegalStateException("It broke."));
    sequence.accept(delta(0, "anew", null, null));
    assertThat(sequence.takenCount()).isEqualTo(1);
    assertThat(sequence.poll())
        .isInstanceOfSatisfying(
            AnswerRestarted.class, event -> assertThat(event.origin().index()).isEqualTo(1));
    assertThat(sequence.poll())
        .isInstanceOfSatisfying(
            TextReceived.class, event -> assertThat(event.origin().index()).isEqualTo(2));
    assertThat(sequence.answer().text()).isEqualTo("anew");
  }

  @Test
  void toolCallThatWasHandedOutDoesNotChange() {
    sequence.accept(tool(0, "a", "one", "{}", "stop"));
    sequence.accept(delta(0, null, null, null));
    sequence.accept(tool(0, null, null, "late", null));
    sequence.accept(tool(0, "a", "one", "repeated", "stop"));
    sequence.accept(delta(0, null, null, "length"));
    sequence.end(USAGE, 0, null, null);
    assertThat(toolCalls()).containsExactly(new ToolCall("a", "one", "{}", true));
    assertThat(sequence.answer().toolCalls()).containsExactly(new ToolCall("a", "one", "{}", true));
  }

  @Test
  void moreToolCallsOrAnswersThanAnybodyAsksForAreRefused() {
    for (int i = 0; i < 1024; i++) {
      sequence.accept(tool(1_000_000_000 - i, null, "f", null, null));
      sequence.accept(delta(i, "a", null, null));
    }
    assertThatExceptionOfType(LimitExceededException.class)
        .isThrownBy(() -> sequence.accept(tool(null, "new", "f", null, null)))
        .withMessageContaining("more than 1024 tool calls");
    assertThatExceptionOfType(LimitExceededException.class)
        .isThrownBy(() -> sequence.accept(delta(1_000_000_000, "a", null, null)))
        .withMessageContaining("more than 1024 answers");
  }

  @Test
  void asManyAnswersAsWereAskedForAreTaken() {
    EventSequence many = new EventSequence("stream-1", 2000, 10_000);
    for (int i = 0; i < 2000; i++) {
      many.accept(delta(i, "a", null, "stop"));
    }
    assertThat(many.isFinished()).isTrue();
  }

  @Test
  void toolCallOfACutAnswerIsNotCalledComplete() {
    sequence.accept(tool(0, "a", "one", "{\"ci", "length"));
    sequence.end(USAGE, 0, null, null);
    assertThat(toolCalls()).containsExactly(new ToolCall("a", "one", "{\"ci", false));
  }

  @Test
  void toolCallIsHandedOutByTheFirstChunkThatAddsNothingToIt() {
    sequence.accept(tool(0, "a", "one", "{", "stop"));
    sequence.accept(tool(0, null, null, "}", "stop"));
    assertThat(toolCalls()).isEmpty();
    sequence.accept(new Chunk(null, null, List.of(), USAGE, null));
    assertThat(toolCalls()).containsExactly(new ToolCall("a", "one", "{}", true));
  }

  @Test
  void toolCallAfterThoseThatWereHandedOutIsHandedOutToo() {
    sequence.accept(tool(0, "a", "one", "{}", "stop"));
    sequence.accept(delta(0, "and", null, "stop"));
    sequence.accept(tool(1, "b", "two", "{}", "stop"));
    sequence.end(USAGE, 0, null, null);
    assertThat(toolCalls()).extracting(ToolCall::id).containsExactly("a", "b");
  }

  @Test
  void toolCallsWithoutNumberWhoseIdsComeBackAreJoined() {
    sequence.accept(tool(null, "a", "one", "{", null));
    sequence.accept(tool(null, "b", "two", "[", null));
    sequence.accept(tool(null, "a", null, "}", null));
    sequence.accept(tool(null, "b", null, "]", "stop"));
    sequence.end(USAGE, 0, null, null);
    assertThat(toolCalls()).extracting(ToolCall::arguments).containsExactly("{}", "[]");
  }

  @Test
  void failedStreamHandsOutNoHalfToolCall() {
    sequence.accept(tool(0, "a", "one", "{\"ci", null));
    sequence.fail(new IllegalStateException("cut"));
    List<ChatEvent> events = all();
    assertThat(events).hasSize(1);
    assertThat(((CallFailed) events.get(0)).partialAnswer().toolCalls())
        .containsExactly(new ToolCall("a", "one", "{\"ci", false));
  }

  @Test
  void stopAfterAToolCallMeansToolCalls() {
    sequence.accept(tool(0, "a", "one", "{}", "stop"));
    sequence.end(USAGE, 2, "req-1", null);
    CallEnded ended = (CallEnded) all().get(1);
    assertThat(ended.report().finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
    assertThat(ended.report().rawFinishReason()).isEqualTo("stop");
    assertThat(ended.report().skippedEventCount()).isEqualTo(2);
    assertThat(ended.report().requestId()).isEqualTo("req-1");
    assertThat(ended.report().chunkCount()).isEqualTo(1);
  }

  @Test
  void streamWithoutAnyChunkEndsForAnUnknownReason() {
    sequence.end(USAGE, 0, null, null);
    assertThat(((CallEnded) all().get(0)).report().finishReason()).isEqualTo(FinishReason.UNKNOWN);
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

  private static Chunk delta(int index, String text, String reasoning, String finishReason) {
    return new Chunk(null, null, List.of(choice(index, text, reasoning, finishReason)), null, null);
  }

  private static ChoiceDelta choice(int index, String text, String reasoning, String finishReason) {
    return new ChoiceDelta(index, text, reasoning, List.of(), finishReason);
  }

  private static Chunk tool(
      Integer index, String id, String name, String arguments, String finishReason) {
    ToolCallFragment fragment = new ToolCallFragment(index, id, name, arguments);
    ChoiceDelta choice = new ChoiceDelta(0, null, null, List.of(fragment), finishReason);
    return new Chunk(null, null, List.of(choice), null, null);
  }
}
