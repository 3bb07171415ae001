package ai.holysheep.camel.stream;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.chat.Coalescing;
import ai.holysheep.camel.chat.CoalescingUnit;
import java.text.BreakIterator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.arbitraries.StringArbitrary;

class CoalescerPropertiesTest {

  private static final List<Integer> WHOLE = List.of(Integer.MAX_VALUE);
  private static final List<Integer> ONE_BY_ONE = List.of(1);

  /** What decides where words and sentences end, in several scripts. */
  private static final String SCRAPS =
      "a z B Q 1 20 . . .. ! ? , ; : ( ) [ \" ' “ ” « » - – — / $ % & * ` # _ e\u0301 \u0301 é 好"
          + " 世 。 ， ！ （ の ー カ っ 한 글 ไ ท 😀 👨\u200d👩 🇩🇪 \u200b \u200d \u00a0 … । नमस्ते م ؟"
          + " Привет ß http://x.y/?q=1 e.g. Dr. U.S. 3.50 word Word";

  private static final String[] BLANKS = {
    " ", " ", "  ", "\n", "\n\n", "\n  ", "\r\n", "\t", "\u3000", "\u2028", "\u2029"
  };

  @Property(tries = 2000)
  void partsTogetherAreTheText(
      @ForAll("anything") String text,
      @ForAll("cuts") List<Integer> cuts,
      @ForAll("settings") Coalescing coalescing) {
    assertThat(String.join("", parts(coalescing, text, cuts))).isEqualTo(text);
  }

  @Property(tries = 5000)
  void wordsAndSentencesDoNotDependOnHowTheTextIsCut(
      @ForAll("prose") String text,
      @ForAll("cuts") List<Integer> cuts,
      @ForAll("units") CoalescingUnit unit,
      @ForAll("sizes") int size) {
    Coalescing coalescing = coalescing(unit, size);
    List<String> whole = parts(coalescing, text, WHOLE);
    assertThat(parts(coalescing, text, cuts)).isEqualTo(whole);
    assertThat(parts(coalescing, text, ONE_BY_ONE)).isEqualTo(whole);
  }

  /** With a letter at the end: what is behind the last one is never cut. */
  @Property(tries = 5000)
  void sentencesAreThoseOfTheJdk(@ForAll("prose") String prose) {
    String text = prose + "Z";
    BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ROOT);
    sentences.setText(text.replace('\n', '\u2029'));
    assertThat(parts(coalescing(CoalescingUnit.SENTENCES, 1), text, ONE_BY_ONE))
        .isEqualTo(withTheirBlanks(text, sentences));
  }

  @Property(tries = 2000)
  void partsOfCharactersEndWhereACharacterEnds(
      @ForAll("prose") String text, @ForAll("cuts") List<Integer> cuts, @ForAll("sizes") int size) {
    BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
    characters.setText(text);
    int end = 0;
    for (String part : parts(coalescing(CoalescingUnit.CHARACTERS, size), text, cuts)) {
      end += part.length();
      assertThat(characters.isBoundary(end)).as("%s at %s", part, end).isTrue();
    }
  }

  /** The units of an iterator, each with the blanks behind it up to the line of the next. */
  private static List<String> withTheirBlanks(String text, BreakIterator units) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int end = units.next(); end < text.length() && end >= 0; end = units.next()) {
      int next = end;
      while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
        next++;
      }
      int blanks = next;
      while (blanks > 0 && Character.isWhitespace(text.charAt(blanks - 1))) {
        blanks--;
      }
      int line = text.substring(blanks, next).lastIndexOf('\n');
      int cut = line < 0 ? next : blanks + line + 1;
      if (next < text.length() && cut > start && !text.substring(start, cut).isBlank()) {
        parts.add(text.substring(start, cut));
        start = cut;
      }
    }
    if (start < text.length()) {
      parts.add(text.substring(start));
    }
    return parts;
  }

  private static List<String> parts(Coalescing coalescing, String text, List<Integer> cuts) {
    List<String> parts = new ArrayList<>();
    Coalescer coalescer = new Coalescer(coalescing, parts::add);
    int at = 0;
    for (int i = 0; at < text.length(); i++) {
      int length = Math.min(cuts.get(i % cuts.size()), text.length() - at);
      coalescer.accept(text.substring(at, at + length));
      at += length;
    }
    coalescer.finish();
    assertThat(coalescer.isHolding()).isFalse();
    assertThat(parts).doesNotContain("");
    return parts;
  }

  private static Coalescing coalescing(CoalescingUnit unit, int size) {
    return new Coalescing(unit, size, Duration.ZERO);
  }

  @Provide
  Arbitrary<String> anything() {
    Arbitrary<String> noise = Arbitraries.strings().all().ofMaxLength(100);
    StringArbitrary halves = Arbitraries.strings().withCharRange('\ud7f0', '\ue010');
    return Arbitraries.oneOf(noise, halves.ofMaxLength(20), prose());
  }

  @Provide
  Arbitrary<String> prose() {
    Arbitrary<String> scraps = Arbitraries.of(SCRAPS.split(" "));
    Arbitrary<String> blanks = Arbitraries.of(BLANKS);
    return Arbitraries.frequencyOf(Tuple.of(3, scraps), Tuple.of(1, blanks))
        .list()
        .ofMaxSize(40)
        .map(list -> String.join("", list));
  }

  @Provide
  Arbitrary<List<Integer>> cuts() {
    return Arbitraries.integers().between(1, 12).list().ofMinSize(1).ofMaxSize(6);
  }

  @Provide
  Arbitrary<CoalescingUnit> units() {
    return Arbitraries.of(CoalescingUnit.WORDS, CoalescingUnit.SENTENCES);
  }

  @Provide
  Arbitrary<Integer> sizes() {
    return Arbitraries.of(1, 1, 2, 3, 7);
  }

  @Provide
  Arbitrary<Coalescing> settings() {
    return Combinators.combine(Arbitraries.of(CoalescingUnit.class), sizes())
        .as(CoalescerPropertiesTest::coalescing);
  }
}
