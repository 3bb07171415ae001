package ai.holysheep.camel.convert.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.Choice;
import ai.holysheep.camel.chat.FinishReason;
import ai.holysheep.camel.error.StreamTruncatedException;
import ai.holysheep.camel.testing.PartsOfAStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StreamPartsTest {

  private static final int NO_LIMIT = Integer.MAX_VALUE;

  @Test
  void partsInOrderGiveTheAnswer() {
    List<ChatEvent> events =
        PartsOfAStream.of("s").reasoning("Hm.").text("Hel", "lo").toolCall().end();
    Joined joined = join(events).joined();
    assertThat(joined)
        .isEqualTo(
            new Joined(
                new ChatAnswer(
                    "s",
                    "r-1",
                    "model-1",
                    List.of(
                        new Choice(
                            0,
                            "Hello",
                            "Hm.",
                            List.of(PartsOfAStream.CALL),
                            FinishReason.STOP,
                            "end_turn")),
                    PartsOfAStream.report(4)),
                null,
                true,
                null,
                0));
  }

  @Test
  void nothingIsCompleteBeforeTheLastPartAndAllBeforeIt() {
    List<ChatEvent> events = PartsOfAStream.tokens("s", "a", "b", "c");
    StreamParts parts = join(pick(events, 3, 0, 2));
    assertThat(parts.ended()).isFalse();
    assertThat(parts.with(events.get(1), NO_LIMIT).ended()).isTrue();
  }

  @Test
  void partsOfSeveralAnswersAreKeptApart() {
    List<ChatEvent> events =
        PartsOfAStream.of("s").textOf(1, "b").textOf(0, "a").textOf(1, "B").textOf(0, "A").end();
    ChatAnswer answer = join(pick(events, 4, 2, 3, 1, 0)).joined().answer();
    assertThat(answer.choices()).extracting(Choice::index).containsExactly(0, 1);
    assertThat(answer.choices()).extracting(Choice::text).containsExactly("aA", "bB");
    assertThat(answer.choices())
        .extracting(Choice::finishReason)
        .containsExactly(FinishReason.STOP, FinishReason.UNKNOWN);
  }

  @Test
  void restartMakesWhatCameBeforeVoid() {
    List<ChatEvent> events =
        PartsOfAStream.of("s").text("wrong", " wrong").toolCall().restart().text("right").end();
    for (StreamParts parts : List.of(join(events), join(pick(events, 5, 4, 3, 2, 1, 0)))) {
      ChatAnswer answer = parts.joined().answer();
      assertThat(answer.text()).isEqualTo("right");
      assertThat(answer.toolCalls()).isEmpty();
      assertThat(parts.ended()).isTrue();
    }
  }

  @Test
  void failedStreamHasAllItsPartsAndIsNotComplete() {
    StreamParts parts = join(PartsOfAStream.of("s").text("Hel").fail());
    Joined joined = parts.joined();
    assertThat(parts.ended()).isTrue();
    assertThat(joined.complete()).isFalse();
    assertThat(joined.missing()).isNull();
    assertThat(joined.failure()).isInstanceOf(StreamTruncatedException.class);
    assertThat(joined.answer().text()).isEqualTo("Hel");
    assertThat(joined.answer().report()).isNull();
  }

  @Test
  void partsThatComeAgainAreCountedAndChangeNothing() {
    List<ChatEvent> events = PartsOfAStream.tokens("s", "a", "b");
    StreamParts parts = join(pick(events, 0, 0, 2, 2, 1, 1, 2));
    assertThat(parts.joined().answer().text()).isEqualTo("ab");
    assertThat(parts.joined().duplicateCount()).isEqualTo(4);
    assertThat(parts.joined().complete()).isTrue();
  }

  @Test
  void streamWithoutAnyTextIsAnEmptyAnswer() {
    ChatAnswer answer = join(PartsOfAStream.of("s").end()).joined().answer();
    assertThat(answer.choices())
        .containsExactly(new Choice(0, "", "", List.of(), FinishReason.STOP, "end_turn"));
  }

  @Test
  void whatIsMissingIsTold() {
    String[] tokens =
        IntStream.range(0, 12).mapToObj(i -> "" + (char) ('a' + i)).toArray(String[]::new);
    List<ChatEvent> events = PartsOfAStream.tokens("s", tokens);
    assertThat(missing(events)).isEqualTo("0-");
    assertThat(missing(events, 0, 1, 2)).isEqualTo("3-");
    assertThat(missing(events, 0, 1, 2, 4, 5, 6, 10)).isEqualTo("3,7-9,11-");
    assertThat(missing(events, 12)).isEqualTo("0-11");
    assertThat(missing(events, 0, 2, 4, 12)).isEqualTo("1,3,5-11");
    StreamParts parts = join(pick(events, 10, 6, 5, 0));
    assertThat(parts.joined().answer().text()).isEqualTo("afgk");
    assertThat(parts.joined().complete()).isFalse();
  }

  @Test
  void endlessListOfGapsIsCutShort() {
    List<ChatEvent> events = PartsOfAStream.tokens("s", "x ".repeat(500).split(" "));
    int[] odd = IntStream.range(0, 250).map(i -> 2 * i + 1).toArray();
    assertThat(missing(events, odd)).startsWith("0,2,4,").endsWith(",198,...");
  }

  @Test
  void beginningOfATooLongAnswerIsKept() {
    List<ChatEvent> events =
        PartsOfAStream.of("s").text("1234", "567", "8", "90").toolCall().text("x").end();
    StreamParts parts = StreamParts.none("s");
    for (ChatEvent event : events) {
      parts = parts.with(event, 40);
    }
    assertThat(parts.joined().complete()).isTrue();

    StreamParts cut = StreamParts.none("s");
    for (ChatEvent event : PartsOfAStream.tokens("s", "1234", "567", "8", "90")) {
      cut = cut.with(event, 6);
    }
    Joined joined = cut.joined();
    assertThat(joined.answer().text()).isEqualTo("1234");
    assertThat(joined.answer().receivedCharacters()).isEqualTo(10);
    assertThat(joined.answer().isCut()).isTrue();
    assertThat(joined.complete()).isFalse();
    assertThat(joined.missing()).isNull();
  }

  @Test
  void textAfterAGapThatWasNotKeptIsNotKeptEither() {
    List<ChatEvent> events = PartsOfAStream.tokens("s", "12", "34", "56");
    StreamParts parts = StreamParts.none("s");
    for (ChatEvent event : pick(events, 2, 0, 1, 3)) {
      parts = parts.with(event, 4);
    }
    assertThat(parts.ended()).isTrue();
    assertThat(parts.joined().answer().text()).isEqualTo("12");
    assertThat(parts.joined().answer().receivedCharacters()).isEqualTo(6);
  }

  @Test
  void toolCallThatIsNotKeptDoesNotCutTheText() {
    StreamParts parts = StreamParts.none("s");
    for (ChatEvent event : PartsOfAStream.of("s").text("a").toolCall().text("b").end()) {
      parts = parts.with(event, 4);
    }
    assertThat(parts.joined().answer().text()).isEqualTo("ab");
    assertThat(parts.joined().answer().toolCalls()).isEmpty();
    assertThat(parts.joined().answer().isCut()).isTrue();
  }

  @Test
  void restartMakesRoomAgain() {
    StreamParts parts = StreamParts.none("s");
    for (ChatEvent event : PartsOfAStream.of("s").text("1234").restart().text("5678").end()) {
      parts = parts.with(event, 4);
    }
    assertThat(parts.joined().answer().text()).isEqualTo("5678");
  }

  @Test
  void addingTwiceToTheSameGivesTwoThatKnowNothingOfEachOther() {
    List<ChatEvent> events = PartsOfAStream.tokens("s", "a", "b", "c");
    StreamParts begun = join(pick(events, 0));
    StreamParts one = begun.with(events.get(1), NO_LIMIT).with(events.get(2), NO_LIMIT);
    StreamParts other = begun.with(events.get(2), NO_LIMIT).with(events.get(1), NO_LIMIT);
    StreamParts third = begun.with(PartsOfAStream.tokens("s", "a", "X").get(1), NO_LIMIT);
    assertThat(begun.joined().answer().text()).isEqualTo("a");
    assertThat(one.joined().answer().text()).isEqualTo("abc");
    assertThat(other.joined().answer().text()).isEqualTo("abc");
    assertThat(third.joined().answer().text()).isEqualTo("aX");
    assertThat(one.joined().duplicateCount()).isZero();
  }

  @Test
  void partOfAnotherStreamIsRefused() {
    StreamParts parts = join(pick(PartsOfAStream.tokens("s", "a"), 0));
    ChatEvent stray = PartsOfAStream.tokens("t", "b").get(0);
    assertThatThrownBy(() -> parts.with(stray, NO_LIMIT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("stream t cannot be joined to those of s");
  }

  @Test
  void whatHasComeCanBeStoredAndGoneOnWith() throws Exception {
    List<ChatEvent> events =
        PartsOfAStream.of("s").reasoning("Hm.").text("a", "b").toolCall().text("c").fail();
    StreamParts parts = StreamParts.none("s");
    for (ChatEvent event : pick(events, 5, 0, 4, 1, 3, 2)) {
      parts = restored(parts.with(event, NO_LIMIT));
    }
    Joined joined = parts.joined();
    assertThat(joined.answer()).isEqualTo(join(events).joined().answer());
    assertThat(joined.failure()).hasMessage("It broke.");
  }

  @Test
  void logsShowNoContent() {
    assertThat(join(PartsOfAStream.tokens("s", "secret")))
        .hasToString("StreamParts[s, 2 parts, ended]");
  }

  private static StreamParts restored(StreamParts parts) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(parts);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (StreamParts) in.readObject();
    }
  }

  private static String missing(List<ChatEvent> events, int... indexes) {
    return join(pick(events, indexes)).joined().missing();
  }

  private static List<ChatEvent> pick(List<ChatEvent> events, int... indexes) {
    return Arrays.stream(indexes).mapToObj(events::get).toList();
  }

  private static StreamParts join(List<ChatEvent> events) {
    StreamParts parts = StreamParts.none("s");
    for (ChatEvent event : new ArrayList<>(events)) {
      parts = parts.with(event, NO_LIMIT);
    }
    return parts;
  }
}
