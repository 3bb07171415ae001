package ai.holysheep.camel.convert.join;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.testing.PartsOfAStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** Whatever order parts come in, and how often, the answer is the same. */
class StreamPartsPropertiesTest {

  @Property
  void anyOrderWithDuplicatesGivesTheAnswerOfTheOrderedStream(
      @ForAll("kinds") List<Character> kinds, @ForAll boolean failed, @ForAll Random random) {
    List<ChatEvent> events = events(kinds, failed);
    List<ChatEvent> shuffled = new ArrayList<>(events);
    events.stream().filter(event -> random.nextInt(4) == 0).forEach(shuffled::add);
    Collections.shuffle(shuffled, random);
    Joined expected = joined(events);
    Joined joined = joined(shuffled);
    assertThat(joined.answer()).isEqualTo(expected.answer());
    assertThat(joined.failure()).isSameAs(expected.failure());
    assertThat(joined.complete()).isEqualTo(!failed);
    assertThat(joined.missing()).isNull();
    assertThat(joined.duplicateCount()).isEqualTo(shuffled.size() - events.size());
  }

  @Property
  void noStreamEndsWhileAPartIsMissing(
      @ForAll("kinds") List<Character> kinds, @ForAll Random random) {
    List<ChatEvent> events = events(kinds, false);
    List<ChatEvent> shuffled = new ArrayList<>(events);
    Collections.shuffle(shuffled, random);
    ChatEvent lost = shuffled.remove(0);
    Joined joined = joined(shuffled);
    long index = lost.origin().index();
    assertThat(joined.complete()).isFalse();
    assertThat(joined.missing()).isEqualTo(lost.isLast() ? index + "-" : index + "");
  }

  @Property
  void numberedValuesAreASortedMap(@ForAll @Size(max = 200) List<Long> numbers) {
    TreeMap<Long, String> expected = new TreeMap<>();
    NumberedValues<String> values = NumberedValues.none();
    for (Long number : numbers) {
      expected.put(number, number + "!");
      values = values.with(number, number + "!");
    }
    for (int left = expected.size(); left >= 0; left--) {
      assertThat(values.size()).isEqualTo(left);
      assertThat(values.values()).isEqualTo(new ArrayList<>(expected.values()));
      for (Long number : numbers) {
        assertThat(values.get(number)).isEqualTo(expected.get(number));
      }
      expected.pollFirstEntry();
      values = values.withoutFirst();
    }
  }

  @Provide
  Arbitrary<List<Character>> kinds() {
    return Arbitraries.of('t', 't', 't', 'r', 'c', 'n', 'v').list().ofMaxSize(60);
  }

  private static List<ChatEvent> events(List<Character> kinds, boolean failed) {
    PartsOfAStream parts = PartsOfAStream.of("s");
    for (int i = 0; i < kinds.size(); i++) {
      switch (kinds.get(i)) {
        case 't' -> parts.text(" t" + i);
        case 'r' -> parts.reasoning(" r" + i);
        case 'c' -> parts.toolCall();
        case 'n' -> parts.textOf(i % 5, " n" + i);
        default -> parts.restart();
      }
    }
    return failed ? parts.fail() : parts.end();
  }

  private static Joined joined(List<ChatEvent> events) {
    StreamParts parts = StreamParts.none("s");
    for (ChatEvent event : events) {
      parts = parts.with(event, Integer.MAX_VALUE);
    }
    return parts.joined();
  }
}
