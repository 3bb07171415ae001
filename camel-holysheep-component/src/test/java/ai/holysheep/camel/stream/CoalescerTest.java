package ai.holysheep.camel.stream;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.chat.Coalescing;
import ai.holysheep.camel.chat.CoalescingUnit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CoalescerTest {

  private static final int MOST = Coalescer.MOST;

  private final List<String> parts = new ArrayList<>();

  // Sentences.

  @Test
  void sentenceIsHandedOnWithTheFirstLetterOfTheNext() {
    Coalescer coalescer = sentences(1);
    feed(coalescer, "The", " sheep", " sleeps", ".", " ");
    assertThat(parts).isEmpty();
    coalescer.accept("It");
    assertThat(parts).containsExactly("The sheep sleeps. ");
    coalescer.finish();
    assertThat(parts).containsExactly("The sheep sleeps. ", "It");
  }

  @Test
  void pieceWithSeveralSentencesIsCut() {
    feed(sentences(1), "One. Two! Three? Four");
    assertThat(parts).containsExactly("One. ", "Two! ", "Three? ");
  }

  @Test
  void partHasAsManySentencesAsItsSize() {
    Coalescer coalescer = sentences(2);
    feed(coalescer, "One. Two! Three? Four. Five.");
    coalescer.finish();
    assertThat(parts).containsExactly("One. Two! ", "Three? Four. ", "Five.");
  }

  @Test
  void lineFeedEndsASentenceAndIndentationBelongsToItsLine() {
    Coalescer coalescer = sentences(1);
    feed(coalescer, "\n\nA heading", "\n\n", "- one", "\n", "  - half", "\r\n", "- two", "\n");
    coalescer.finish();
    assertThat(parts).containsExactly("\n\nA heading\n\n", "- one\n", "  - half\r\n", "- two\n");
  }

  @Test
  void linesOfCodeAreSentences() {
    Coalescer coalescer = sentences(1);
    feed(coalescer, "Try:\n```java\nif (a) {\n", "  b(1.5); // c. d\n}\n```\nDone.");
    coalescer.finish();
    assertThat(parts)
        .containsExactly(
            "Try:\n", "```java\n", "if (a) {\n", "  b(1.5); // c. d\n", "}\n", "```\n", "Done.");
  }

  @Test
  void pointBeforeASmallLetterOrADigitEndsNoSentence() {
    assertSentences("It costs 3.50, e.g. for tea. ", "It is v. 2 of x.y. ", "Z");
  }

  /** The JDK knows no abbreviations. */
  @Test
  void pointBeforeACapitalEndsASentence() {
    assertSentences("Dr. ", "Smith met the U.S. ", "Army.");
    assertSentences("1. ", "First\n", "2. ", "Second");
  }

  @Test
  void quotesAndBracketsBelongToTheirSentence() {
    assertSentences("She said: \"Go.\" ", "(He went.) ", "«Oui.» ", "“Yes?” ", "Good.");
  }

  @Test
  void sentencesOfScriptsWithTheirOwnPoints() {
    assertSentences("你好。", "世界很大！", "对吗？", "好");
    assertSentences("これは文です。", "次の文。", "終");
    assertSentences("नमस्ते। ", "आप कैसे हैं? ", "ठीक");
    assertSentences("Привет. ", "Как дела? ", "Да");
  }

  /** Neither does the JDK know these points, nor does it take a picture for a beginning. */
  @Test
  void whatTheJdkTakesForOneSentence() {
    assertSentences("And more… So it is؟ نعم");
    assertSentences("Well done. 😀 Go on.");
    assertSentences("See x.com.Then go.");
  }

  // Words.

  @Test
  void wordsAreNeverCut() {
    assertWords("State-of-the-art ", "(e.g.) ", "1,234.50 ", "http://x.y/z?q=1 ", "e\u0301té.");
  }

  @Test
  void scriptsWithoutBlanksAreCutBetweenTheirCharacters() {
    assertWords("你", "好，", "世", "界！", "OK");
    assertWords("カ", "ラー", "で", "す。", "次");
    assertWords("한국어 ", "문장");
    assertWords("สวัสดีครับ ", "ผมชื่อ");
  }

  @Test
  void lineFeedEndsAWordAndIndentationBelongsToItsLine() {
    assertWords("One ", "two\n", "  three\t", "four");
  }

  @Test
  void partHasAsManyWordsAsItsSize() {
    Coalescer coalescer = new Coalescer(coalescing(CoalescingUnit.WORDS, 3), parts::add);
    feed(coalescer, "one", " two", " th", "ree", " four five six sev", "en");
    assertThat(parts).containsExactly("one two three ", "four five six ");
    coalescer.finish();
    assertThat(parts).last().isEqualTo("seven");
  }

  // Characters.

  @Test
  void partsOfCharactersEndWherePiecesEnd() {
    Coalescer coalescer = characters(8);
    feed(coalescer, "The", " sheep", " sleeps", " a", " little");
    coalescer.finish();
    assertThat(parts).containsExactly("The sheep", " sleeps a", " little");
  }

  @Test
  void characterIsNotCutWhereAPieceEndsWithinIt() {
    Coalescer coalescer = characters(1);
    feed(coalescer, "cafe", "\u0301", " ", "\ud83d", "\udc11", " ok");
    coalescer.finish();
    assertThat(parts).containsExactly("cafe\u0301", " 🐑", " ok");
  }

  @Test
  void charactersAreCountedAsAReaderSeesThem() {
    Coalescer coalescer = characters(3);
    feed(coalescer, "e\u0301e\u0301", "🐑", "a");
    assertThat(parts).containsExactly("e\u0301e\u0301🐑");
  }

  // Time.

  @Test
  void partsOfATimeAreWhatIsReleased() {
    Coalescer coalescer = new Coalescer(coalescing(CoalescingUnit.TIME, 1), parts::add);
    feed(coalescer, "One. ", "Two");
    assertThat(parts).isEmpty();
    assertThat(coalescer.isHolding()).isTrue();
    coalescer.release();
    coalescer.accept(" three\n\nfour");
    coalescer.finish();
    assertThat(parts).containsExactly("One. Two", " three\n\nfour");
  }

  @Test
  void halfACharacterIsNotReleased() {
    Coalescer coalescer = sentences(1);
    coalescer.accept("ok \ud83d");
    coalescer.release();
    assertThat(parts).containsExactly("ok ");
    assertThat(coalescer.isHolding()).isFalse();
    coalescer.release();
    coalescer.accept("\udc11.");
    coalescer.finish();
    assertThat(parts).containsExactly("ok ", "🐑.");
  }

  @Test
  void restOfASentenceThatWasReleasedIsAPart() {
    Coalescer coalescer = sentences(1);
    coalescer.accept("One. Tw");
    coalescer.release();
    feed(coalescer, "o", ". ", "Three. ", "Four");
    assertThat(parts).containsExactly("One. ", "Tw", "o. ", "Three. ");
  }

  // Bounds.

  @Test
  void longTextIsHandedOnWhereACharacterEnds() {
    Coalescer coalescer = sentences(1);
    coalescer.accept("e\u0301".repeat(MOST));
    coalescer.accept("a".repeat(MOST - 2));
    coalescer.accept("🐑".repeat(MOST));
    coalescer.accept("x\u0301\u0302\u0303".repeat(MOST));
    coalescer.finish();
    assertThat(String.join("", parts)).hasSize(MOST * 9 - 2);
    assertThat(parts)
        .allSatisfy(
            part -> {
              assertThat(part.length()).isBetween(1, MOST);
              assertThat(Character.isLowSurrogate(part.charAt(0))).isFalse();
              assertThat(Character.getType(part.charAt(0)))
                  .isNotEqualTo(Character.NON_SPACING_MARK);
            });
  }

  @Test
  void endlessCharacterIsHandedOnAllTheSame() {
    Coalescer coalescer = characters(1);
    coalescer.accept("e" + "\u0301".repeat(3 * MOST));
    assertThat(parts).hasSize(3).allMatch(part -> part.length() == MOST);
  }

  @Test
  void sentencesBehindALongOneAreFound() {
    Coalescer coalescer = sentences(1);
    coalescer.accept("a".repeat(MOST) + "b".repeat(MOST / 2));
    coalescer.accept(". Next one. Z");
    assertThat(parts).hasSize(3).last().isEqualTo("Next one. ");
  }

  @Test
  void sentencesAreCountedAnewBehindAPartThatWasTooLong() {
    Coalescer coalescer = sentences(2);
    coalescer.accept("One. A" + "a".repeat(MOST));
    coalescer.accept("a. Two. Three");
    assertThat(parts).hasSize(2).last().isEqualTo("aaaaaaa. Two. ");
  }

  private void assertSentences(String... sentences) {
    assertParts(CoalescingUnit.SENTENCES, sentences);
  }

  private void assertWords(String... words) {
    assertParts(CoalescingUnit.WORDS, words);
  }

  /** However it comes. */
  private void assertParts(CoalescingUnit unit, String... expected) {
    String text = String.join("", expected);
    for (int length = 1; length <= text.length(); length++) {
      parts.clear();
      Coalescer coalescer = new Coalescer(coalescing(unit, 1), parts::add);
      for (int at = 0; at < text.length(); at += length) {
        coalescer.accept(text.substring(at, Math.min(at + length, text.length())));
      }
      coalescer.finish();
      assertThat(parts).containsExactly(expected);
    }
  }

  private static void feed(Coalescer coalescer, String... pieces) {
    for (String piece : pieces) {
      coalescer.accept(piece);
    }
  }

  private Coalescer sentences(int size) {
    return new Coalescer(coalescing(CoalescingUnit.SENTENCES, size), parts::add);
  }

  private Coalescer characters(int size) {
    return new Coalescer(coalescing(CoalescingUnit.CHARACTERS, size), parts::add);
  }

  private static Coalescing coalescing(CoalescingUnit unit, int size) {
    return new Coalescing(unit, size, Duration.ZERO);
  }
}
