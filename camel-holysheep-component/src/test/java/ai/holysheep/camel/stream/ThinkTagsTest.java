package ai.holysheep.camel.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.Choice;
import ai.holysheep.camel.chat.ChoiceDelta;
import ai.holysheep.camel.chat.Chunk;
import ai.holysheep.camel.chat.ReasoningReceived;
import ai.holysheep.camel.chat.TextReceived;
import ai.holysheep.camel.chat.ToolCallFragment;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThinkTagsTest {

  private static final String OPENING = "<think>";
  private static final String CLOSING = "</think>";

  private final ThinkTags tags = new ThinkTags(1);
  private final EventSequence sequence = new EventSequence("stream-1", 1, 10_000);

  @Test
  void textBetweenTheTagsIsReasoning() {
    text("<think>hm</think>Hello");
    assertThat(events()).containsExactly("reasoning hm", "text Hello");
  }

  @Test
  void tagsMayComeInPieces() {
    for (char c : "<think>hm</think>Hi".toCharArray()) {
      text(String.valueOf(c));
    }
    assertThat(events()).containsExactly("reasoning h", "reasoning m", "text H", "text i");
  }

  @Test
  void blanksStayWhereTheyAre() {
    text("\n <think>\nhm\n</think>\n\nHello ");
    assertThat(events()).containsExactly("text \n ", "reasoning \nhm\n", "text \n\nHello ");
  }

  @Test
  void emptyThoughtIsNoEvent() {
    text("<think></think>");
    text("<think>");
    assertThat(events()).containsExactly("text <think>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a<think>b</think>c",
        "hm</think>Hello",
        "<Think>hm</Think>",
        "< think>hm</think>",
        "<thinking>hm</thinking>",
        "<<think>hm</think>",
        "x < y",
        "\u00a0<think>a",
        " "
      })
  void anythingElseIsTextAtOnce(String text) {
    text(text);
    assertThat(events()).containsExactly("text " + text);
  }

  @Test
  void tagsWithinThoughtsAndAfterThemAreWords() {
    text("<think>a<think>b</think>c</think>d<think>e</think>");
    assertThat(events()).containsExactly("reasoning a<think>b", "text c</think>d<think>e</think>");
  }

  @Test
  void lesserSignThatBeginsNoTagWaitsForNothing() {
    text("<");
    assertThat(events()).isEmpty();
    text("b");
    assertThat(events()).containsExactly("text <b");
    text("<");
    assertThat(events()).containsExactly("text <");
  }

  @Test
  void lesserSignWithinThoughtsWaitsForTheNextCharacterOnly() {
    text("<think>1 <");
    assertThat(events()).containsExactly("reasoning 1 ");
    text("<");
    assertThat(events()).containsExactly("reasoning <");
    text(" 2");
    assertThat(events()).containsExactly("reasoning < 2");
  }

  @Test
  void restIsReasoningWithinThoughtsAndTextBeforeThem() {
    text("<think>hm</thi");
    assertThat(rest()).isEqualTo(delta(0, null, "</thi"));
    assertThat(tags.hasEndedWithinTag()).isTrue();
    assertThat(tags.rest()).isNull();
    tags.nextAttempt();
    assertThat(tags.hasEndedWithinTag()).isFalse();
    text(" <thi");
    assertThat(rest()).isEqualTo(delta(0, "<thi", null));
    tags.nextAttempt();
    text("<think>hm");
    assertThat(tags.rest()).isNull();
    assertThat(tags.hasEndedWithinTag()).isFalse();
  }

  @Test
  void nextTryMayThinkAgain() {
    text("<think>hm</think>Hel");
    tags.nextAttempt();
    text("<think>so</think>lo");
    assertThat(events()).containsExactly("reasoning hm", "text Hel", "reasoning so", "text lo");
  }

  @Test
  void reasoningOfTheServerComesFirst() {
    accept(delta(0, "<think>b</think>c", "a"));
    accept(delta(0, "d", "e"));
    assertThat(events()).containsExactly("reasoning ab", "text c", "reasoning e", "text d");
    tags.nextAttempt();
    accept(delta(0, " <think>b", "a"));
    assertThat(events()).containsExactly("reasoning a", "text  ", "reasoning b");
  }

  @Test
  void restOfTheChunkStaysWithIt() {
    List<ToolCallFragment> calls = List.of(new ToolCallFragment(0, "id", "f", "{}"));
    ChoiceDelta delta = new ChoiceDelta(0, " <think>a</think>b", null, calls, "stop");
    Chunk split = tags.split(new Chunk("id", "model", List.of(delta), null, null));
    assertThat(split)
        .isEqualTo(
            new Chunk(
                "id",
                "model",
                List.of(delta(0, " ", null), new ChoiceDelta(0, "b", "a", calls, "stop")),
                null,
                null));
  }

  @Test
  void eachAnswerHasItsOwnTags() {
    EventSequence two = new EventSequence("stream-2", 2, 10_000);
    two.accept(tags.split(chunk(delta(1, "<think>b", null), delta(0, "<thi", null))));
    two.accept(tags.split(chunk(delta(0, "nk>a</think>A", null), delta(1, "</think>B", null))));
    assertThat(two.answer().choices())
        .extracting(Choice::reasoning, Choice::text)
        .containsExactly(tuple("a", "A"), tuple("b", "B"));
  }

  @Test
  void chunkWithoutTagsIsTheSameChunk() {
    text("Hello");
    Chunk chunk = chunk(delta(0, " <think>", "hm"), delta(0, null, null));
    assertThat(tags.split(chunk)).isSameAs(chunk);
    Chunk other = chunk(delta(1, "", null));
    assertThat(tags.split(other)).isSameAs(other);
  }

  @Test
  void moreAnswersThanAnybodyAsksForAreLeftToTheSequence() {
    for (int i = 0; i < 1024; i++) {
      accept(delta(i, "<", null));
    }
    Chunk chunk = chunk(delta(5000, "<", null));
    assertThat(tags.split(chunk)).isSameAs(chunk);
    Chunk rest = tags.rest();
    assertThat(rest).isNotNull();
    assertThat(rest.choices()).hasSize(1024);
  }

  @Test
  void keptReasoningIsCutLikeAnyOther() {
    EventSequence small = new EventSequence("stream-2", 1, 10);
    small.accept(tags.split(chunk(delta(0, "<think>123456789012", null))));
    small.accept(tags.split(chunk(delta(0, "</think>a", null))));
    assertThat(small.answer().reasoning()).isEqualTo("1234567890");
    assertThat(small.answer().receivedCharacters()).isEqualTo(13);
  }

  @Property(tries = 5000)
  void anyTextIsSplitTheSameHoweverItIsCutAndOnlyHalfTagsWait(
      @ForAll("texts") String text, @ForAll("cuts") List<Integer> cuts) {
    ThinkTags call = new ThinkTags(1);
    StringBuilder reasoning = new StringBuilder();
    StringBuilder words = new StringBuilder();
    int at = 0;
    for (int i = 0; at < text.length(); i++) {
      int end = Math.min(text.length(), at + cuts.get(i % cuts.size()));
      add(call.split(chunk(delta(0, text.substring(at, end), null))), reasoning, words);
      at = end;
      Expected soFar = Expected.of(text.substring(0, at));
      assertThat(reasoning).asString().isEqualTo(soFar.reasoning());
      assertThat(words).asString().isEqualTo(soFar.text());
      assertThat(soFar.held().length()).isLessThan(CLOSING.length());
    }
    Expected expected = Expected.of(text);
    Chunk rest = call.rest();
    assertThat(rest == null).isEqualTo(expected.held().isEmpty());
    if (rest != null) {
      add(rest, reasoning, words);
    }
    boolean thinking = text.strip().startsWith(OPENING);
    assertThat(reasoning.toString())
        .isEqualTo(expected.reasoning() + (thinking ? expected.held() : ""));
    assertThat(words.toString()).isEqualTo(expected.text() + (thinking ? "" : expected.held()));
  }

  /** The rules once more, for a text that is there as a whole. */
  private record Expected(String reasoning, String text, String held) {

    static Expected of(String all) {
      String lead = all.substring(0, all.length() - all.stripLeading().length());
      String rest = all.stripLeading();
      if (!rest.startsWith(OPENING)) {
        boolean halfTag = OPENING.startsWith(rest);
        return new Expected("", halfTag ? lead : all, halfTag ? rest : "");
      }
      String body = rest.substring(OPENING.length());
      int end = body.indexOf(CLOSING);
      if (end >= 0) {
        String after = body.substring(end + CLOSING.length());
        return new Expected(body.substring(0, end), lead + after, "");
      }
      int half = CLOSING.length() - 1;
      while (!body.endsWith(CLOSING.substring(0, half))) {
        half--;
      }
      String held = CLOSING.substring(0, half);
      return new Expected(body.substring(0, body.length() - half), lead, held);
    }
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            OPENING,
            OPENING,
            CLOSING,
            CLOSING,
            "<",
            "</",
            "<thi",
            "</thin",
            "k>",
            ">",
            " ",
            "\n",
            "a",
            "think",
            "\uD83D\uDC11")
        .list()
        .ofMaxSize(10)
        .map(pieces -> String.join("", pieces));
  }

  @Provide
  Arbitrary<List<Integer>> cuts() {
    return Arbitraries.integers().between(1, 12).list().ofMinSize(1).ofMaxSize(5);
  }

  private static void add(Chunk chunk, StringBuilder reasoning, StringBuilder text) {
    for (ChoiceDelta delta : chunk.choices()) {
      reasoning.append(delta.reasoning() == null ? "" : delta.reasoning());
      text.append(delta.text() == null ? "" : delta.text());
    }
  }

  private void text(String text) {
    accept(delta(0, text, null));
  }

  private void accept(ChoiceDelta delta) {
    sequence.accept(tags.split(chunk(delta)));
  }

  private ChoiceDelta rest() {
    Chunk rest = tags.rest();
    assertThat(rest).isNotNull();
    assertThat(rest.choices()).hasSize(1);
    return rest.choices().get(0);
  }

  /** Those that have come since this was asked last. */
  private List<String> events() {
    List<String> events = new ArrayList<>();
    for (ChatEvent event = sequence.poll(); event != null; event = sequence.poll()) {
      events.add(
          event instanceof TextReceived received
              ? "text " + received.text()
              : "reasoning " + ((ReasoningReceived) event).text());
    }
    return events;
  }

  private static ChoiceDelta delta(int index, String text, String reasoning) {
    return new ChoiceDelta(index, text, reasoning, List.of(), null);
  }

  private static Chunk chunk(ChoiceDelta... deltas) {
    return new Chunk(null, null, List.of(deltas), null, null);
  }
}
