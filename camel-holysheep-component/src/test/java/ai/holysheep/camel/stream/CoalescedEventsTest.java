package ai.holysheep.camel.stream;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.chat.CallEnded;
import ai.holysheep.camel.chat.CallFailed;
import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.ChoiceDelta;
import ai.holysheep.camel.chat.Chunk;
import ai.holysheep.camel.chat.Coalescing;
import ai.holysheep.camel.chat.CoalescingUnit;
import ai.holysheep.camel.chat.ReasoningReceived;
import ai.holysheep.camel.chat.TextReceived;
import ai.holysheep.camel.chat.ToolCallFragment;
import ai.holysheep.camel.chat.Usage;
import ai.holysheep.camel.chat.UsageSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where the pieces of text are joined to sentences, before they are numbered. */
class CoalescedEventsTest {

  private static final Usage USAGE = new Usage(1L, 2L, 3L, null, null, UsageSource.SERVER);
  private static final Coalescing SENTENCES =
      new Coalescing(CoalescingUnit.SENTENCES, 1, Duration.ZERO);

  private final EventSequence sequence = new EventSequence("stream-1", 0, 1, 10_000, SENTENCES);

  @Test
  void eventsAreSentencesAndNumberedWithoutGaps() {
    text("One", ". ", "Two", "!", " Th");
    assertThat(shown()).containsExactly("0 One. ", "1 Two! ");
    finish("stop");
    sequence.end(USAGE, 0, null, null);
    assertThat(shown()).containsExactly("2 Th", "3 usage of 3");
  }

  @Test
  void lastPartComesWithTheFinishReason() {
    text("One");
    finish("length");
    assertThat(shown()).containsExactly("0 One");
    text(" more");
    assertThat(shown()).containsExactly("1  more");
  }

  @Test
  void endHandsOnWhatIsHeldBeforeItself() {
    text("One");
    sequence.end(USAGE, 0, null, null);
    assertThat(shown()).containsExactly("0 One", "1 usage of 1");
  }

  @Test
  void failureThatIsAnEventComesAfterWhatWasHeld() {
    text("One");
    sequence.fail(new IllegalStateException("cut"));
    assertThat(shown()).containsExactly("0 One", "1 failed after One");
  }

  @Test
  void failureThatIsThrownHandsOnNothing() {
    text("One");
    sequence.breakOff();
    assertThat(sequence.isHolding()).isFalse();
    assertThat(sequence.releaseHeld()).isFalse();
    assertThat(sequence.heldNanos(0)).isEqualTo(-1);
    assertThat(shown()).isEmpty();
    assertThat(sequence.answer().text()).isEqualTo("One");
  }

  @Test
  void textAndReasoningNeverMixAndKeepTheirOrder() {
    sequence.accept(delta(0, null, "Hm", null));
    sequence.accept(delta(0, null, ". So", null));
    sequence.accept(delta(0, "It", " be", null));
    sequence.accept(delta(0, " is.", null, null));
    sequence.accept(delta(0, null, "Ah", null));
    sequence.end(USAGE, 0, null, null);
    assertThat(shown())
        .containsExactly("0 (Hm. )", "1 (So be)", "2 It is.", "3 (Ah)", "4 usage of 4");
  }

  @Test
  void textBeforeAToolCallIsHandedOnWhenTheCallBegins() {
    text("Let me look");
    sequence.accept(tool("a", "look", "{"));
    assertThat(shown()).containsExactly("0 Let me look");
    sequence.accept(tool(null, null, "}"));
    finish("tool_calls");
    assertThat(shown()).containsExactly("1 TOOL_CALL");
  }

  @Test
  void answersAreHeldApart() {
    EventSequence two = new EventSequence("stream-2", 0, 2, 10_000, SENTENCES);
    two.accept(delta(0, "A", null, null));
    two.accept(delta(1, "B. ", null, null));
    two.accept(delta(0, "a", null, "stop"));
    two.accept(delta(1, "Bb", null, null));
    assertThat(texts(two)).containsExactly("0 Aa", "1 B. ");
    two.end(USAGE, 0, null, null);
    assertThat(two.poll()).isInstanceOfSatisfying(TextReceived.class, this::assertSecondAnswer);
  }

  private void assertSecondAnswer(TextReceived event) {
    assertThat(event.text()).isEqualTo("Bb");
    assertThat(event.origin().choiceIndex()).isEqualTo(1);
  }

  @Test
  void heldTextCountsAsReceivedAndNotAsTaken() {
    text("One. Tw");
    sequence.poll();
    assertThat(sequence.takenCount()).isEqualTo(1);
    assertThat(sequence.answer().text()).isEqualTo("One. Tw");
  }

  // Time.

  @Test
  void heldTextIsReleasedWhenItsTimeIsUp() {
    assertThat(sequence.isHolding()).isFalse();
    assertThat(sequence.heldNanos(5)).isEqualTo(-1);
    text("One");
    assertThat(sequence.isHolding()).isTrue();
    assertThat(sequence.heldNanos(10)).isZero();
    text(" two");
    assertThat(sequence.heldNanos(17)).isEqualTo(7);
    assertThat(sequence.releaseHeld()).isTrue();
    assertThat(sequence.releaseHeld()).isFalse();
    assertThat(sequence.heldNanos(20)).isEqualTo(-1);
    text(" three");
    assertThat(sequence.heldNanos(30)).isZero();
    assertThat(shown()).containsExactly("0 One two");
  }

  @Test
  void timeOfASentenceBeginsWhenTheOneBeforeIsHandedOn() {
    text("One");
    assertThat(sequence.heldNanos(Long.MAX_VALUE)).isZero();
    text(". Two");
    assertThat(sequence.heldNanos(Long.MIN_VALUE + 8)).isZero();
    assertThat(sequence.heldNanos(Long.MIN_VALUE + 10)).isEqualTo(2);
  }

  @Test
  void timeIsThatOfTheOldestAnswer() {
    EventSequence two = new EventSequence("stream-2", 0, 2, 10_000, SENTENCES);
    two.accept(delta(0, "A", null, null));
    assertThat(two.heldNanos(1)).isZero();
    two.accept(delta(1, "B", null, null));
    assertThat(two.heldNanos(3)).isEqualTo(2);
    two.accept(delta(0, null, null, "stop"));
    assertThat(two.heldNanos(7)).isEqualTo(4);
    assertThat(two.releaseHeld()).isTrue();
    assertThat(texts(two)).containsExactly("0 A", "1 B");
  }

  @Test
  void halfACharacterIsNothingToRelease() {
    text("\ud83d");
    assertThat(sequence.isHolding()).isFalse();
    assertThat(sequence.releaseHeld()).isFalse();
    text("\udc11");
    assertThat(sequence.releaseHeld()).isTrue();
    assertThat(shown()).containsExactly("0 🐑");
  }

  // Further tries.

  @Test
  void textThatWasHeldVanishesWhereTheAnswerBeginsAnew() {
    text("One. Tw");
    sequence.poll();
    sequence.startOver(new IllegalStateException("cut"));
    assertThat(sequence.isHolding()).isFalse();
    text("Ei", "ns");
    finish("stop");
    assertThat(shown()).containsExactly("1 RESTART", "2 Eins");
    assertThat(sequence.answer().text()).isEqualTo("Eins");
  }

  @Test
  void textThatWasHeldVanishesWhereTheCallIsSentAgain() {
    text("On");
    sequence.sendAgain();
    text("Ei", "ns");
    finish("stop");
    assertThat(shown()).containsExactly("0 Eins");
  }

  @Test
  void sentenceThatWasHeldIsGoneOnWith() {
    text("One. Tw");
    sequence.poll();
    sequence.goOn();
    assertThat(sequence.isHolding()).isTrue();
    text("o. ", "Three");
    finish("stop");
    assertThat(shown()).containsExactly("1 Two. ", "2 Three");
    assertThat(sequence.answer().text()).isEqualTo("One. Two. Three");
  }

  /** The model does not say it again. */
  @Test
  void eventsThatNobodyTookYetAreNotLostWhereTheAnswerIsGoneOnWith() {
    text("One. Two. Thr");
    sequence.poll();
    sequence.releaseHeld();
    sequence.goOn();
    assertThat(sequence.takenCount()).isEqualTo(1);
    text("ee.");
    finish("stop");
    assertThat(shown()).containsExactly("1 Two. ", "2 Thr", "3 ee.");
  }

  @Test
  void piecesAreHandedOnAsTheyAreWhereNothingIsJoined() {
    EventSequence plain = new EventSequence("stream-2", 1, 10_000);
    String text = "One. Two";
    String reasoning = "Hm. So";
    plain.accept(delta(0, text, reasoning, null));
    assertThat(plain.isHolding()).isFalse();
    assertThat(((ReasoningReceived) plain.poll()).text()).isSameAs(reasoning);
    assertThat(((TextReceived) plain.poll()).text()).isSameAs(text);
  }

  private void text(String... pieces) {
    for (String piece : pieces) {
      sequence.accept(delta(0, piece, null, null));
    }
  }

  private void finish(String reason) {
    sequence.accept(delta(0, null, null, reason));
  }

  private List<String> shown() {
    return texts(sequence);
  }

  private static List<String> texts(EventSequence sequence) {
    List<String> texts = new ArrayList<>();
    for (ChatEvent event = sequence.poll(); event != null; event = sequence.poll()) {
      texts.add(event.origin().index() + " " + shown(event));
    }
    return texts;
  }

  private static String shown(ChatEvent event) {
    if (event instanceof TextReceived received) {
      return received.text();
    } else if (event instanceof ReasoningReceived received) {
      return "(" + received.text() + ")";
    } else if (event instanceof CallEnded ended) {
      return "usage of " + ended.report().chunkCount();
    } else if (event instanceof CallFailed failed) {
      return "failed after " + failed.partialAnswer().text();
    }
    return event.type().name();
  }

  private static Chunk delta(int index, String text, String reasoning, String finishReason) {
    ChoiceDelta delta = new ChoiceDelta(index, text, reasoning, List.of(), finishReason);
    return new Chunk(null, null, List.of(delta), null, null);
  }

  private static Chunk tool(String id, String name, String arguments) {
    ToolCallFragment fragment = new ToolCallFragment(0, id, name, arguments);
    ChoiceDelta delta = new ChoiceDelta(0, null, null, List.of(fragment), null);
    return new Chunk(null, null, List.of(delta), null, null);
  }
}
