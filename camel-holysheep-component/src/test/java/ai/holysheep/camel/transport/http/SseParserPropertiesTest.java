package ai.holysheep.camel.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.transport.http.SseReplay.Event;
import ai.holysheep.camel.transport.http.SseReplay.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class SseParserPropertiesTest {
  private static final List<Integer> BYTE_BY_BYTE = List.of(1);

  @Property(edgeCases = EdgeCasesMode.NONE)
  void everyRenderingOfTheSameEventsGivesThoseEvents(
      @ForAll("renderings") Rendering rendering, @ForAll("cuts") List<Integer> cuts) {
    Outcome outcome = SseReplay.cut(rendering.stream(), cuts);
    assertThat(outcome.events()).isEqualTo(rendering.events());
    assertThat(outcome.unfinished()).isEmpty();
    assertThat(outcome.midLine()).isFalse();
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void anyLinesMeanWhatTheStandardSays(
      @ForAll("lines") byte[] stream, @ForAll("cuts") List<Integer> cuts) {
    assertThat(SseReplay.cut(stream, cuts)).isEqualTo(SseReference.interpret(stream));
  }

  @Property
  void anyBytesMeanWhatTheStandardSaysHoweverCut(
      @ForAll("noise") byte[] stream, @ForAll("cuts") List<Integer> cuts) {
    Outcome expected = SseReference.interpret(stream);
    assertThat(SseReplay.whole(stream)).isEqualTo(expected);
    assertThat(SseReplay.cut(stream, BYTE_BY_BYTE)).isEqualTo(expected);
    assertThat(SseReplay.cut(stream, cuts)).isEqualTo(expected);
  }

  /** Small limits: what is refused, and after which events, does not depend on the cuts either. */
  @Property(tries = 2000)
  void limitsApplyAtTheSamePlaceHoweverCut(
      @ForAll("noise") byte[] stream,
      @ForAll("cuts") List<Integer> cuts,
      @ForAll("limits") int maxLine,
      @ForAll("limits") int maxEvent) {
    List<Integer> whole = List.of(Math.max(1, stream.length));
    Outcome expected = SseReplay.replay(new SseParser(maxLine, maxEvent), stream, whole);
    assertThat(SseReplay.replay(new SseParser(maxLine, maxEvent), stream, BYTE_BY_BYTE))
        .isEqualTo(expected);
    assertThat(SseReplay.replay(new SseParser(maxLine, maxEvent), stream, cuts))
        .isEqualTo(expected);
  }

  /** Events and one of the many ways to write them. */
  record Rendering(List<Event> events, byte[] stream) {}

  /** How one event is written: choices that must not matter. */
  private record Manner(String lineEnd, boolean space, boolean dataFirst, List<String> noise) {}

  @Provide
  Arbitrary<Integer> limits() {
    return Arbitraries.integers().between(1, 30);
  }

  @Provide
  Arbitrary<List<Integer>> cuts() {
    return Arbitraries.integers().between(1, 40).list().ofMinSize(1).ofMaxSize(6);
  }

  @Provide
  Arbitrary<Rendering> renderings() {
    var written = Combinators.combine(events(), manners()).as(Tuple::of).list().ofMaxSize(8);
    return Combinators.combine(written, Arbitraries.of("", "\uFEFF"))
        .as(
            (all, mark) -> {
              StringBuilder stream = new StringBuilder(mark);
              all.forEach(one -> render(one.get1(), one.get2(), stream));
              List<Event> events = new ArrayList<>();
              all.forEach(one -> events.add(asSeen(one.get1())));
              return new Rendering(events, utf8(stream.toString()));
            });
  }

  @Provide
  Arbitrary<byte[]> lines() {
    Arbitrary<String> field =
        Arbitraries.of("data", "event", "id", "retry", "", "dat", "datas", "Data", " data", "x");
    Arbitrary<String> colon = Arbitraries.of("", ":", ": ", ":  ", " :");
    Arbitrary<String> value = Arbitraries.of("", "a", "12", "a:b", "\0", "\u00E9\u4E2D", "error");
    Arbitrary<String> line =
        Arbitraries.frequencyOf(
            Tuple.of(3, Combinators.combine(field, colon, value).as((f, c, v) -> f + c + v)),
            Tuple.of(1, Arbitraries.just("")));
    Arbitrary<String> ended = Combinators.combine(line, lineEnds()).as((text, end) -> text + end);
    return Combinators.combine(
            Arbitraries.of("", "\uFEFF"), ended.list().ofMaxSize(30), Arbitraries.of("", "data: x"))
        .as((mark, all, rest) -> utf8(mark + String.join("", all) + rest));
  }

  /** Bytes of which enough make sense to reach every branch. */
  @Provide
  Arbitrary<byte[]> noise() {
    Arbitrary<String> words =
        Arbitraries.of("data", "data:", "data: ", "event:", "id:", "retry:", ":", " ", "7", "abc");
    Arbitrary<String> bytes = Arbitraries.chars().range('\0', '\u00FF').map(String::valueOf);
    Arbitrary<String> marks = Arbitraries.of("\u00EF\u00BB\u00BF", "\u00EF", "\u00EF\u00BB", "\0");
    return Arbitraries.frequencyOf(
            Tuple.of(5, words), Tuple.of(4, lineEnds()), Tuple.of(1, bytes), Tuple.of(1, marks))
        .list()
        .ofMaxSize(40)
        .map(all -> String.join("", all).getBytes(StandardCharsets.ISO_8859_1));
  }

  private static Arbitrary<String> lineEnds() {
    return Arbitraries.of("\n", "\r\n", "\r");
  }

  private static Arbitrary<Event> events() {
    Arbitrary<String> text = Arbitraries.strings().withChars("a {}\":\u00E9\u4E2D").ofMaxLength(12);
    return Combinators.combine(
            Arbitraries.of("message", "error", "done", "\u00E9t\u00E9"),
            text.list().ofMinSize(1).ofMaxSize(4).map(lines -> String.join("\n", lines)),
            Arbitraries.of("1", "2", "\u4E2D"))
        .as(Event::new);
  }

  private static Arbitrary<Manner> manners() {
    Arbitrary<String> noise = Arbitraries.of(":", ": ping", "dat: x", "unknown", "retry: x");
    return Combinators.combine(
            lineEnds(),
            Arbitraries.of(true, false),
            Arbitraries.of(true, false),
            noise.list().ofMaxSize(2))
        .as(Manner::new);
  }

  private static void render(Event event, Manner manner, StringBuilder stream) {
    List<String> names = List.of("event: " + event.name(), "id:" + event.id());
    List<String> lines = new ArrayList<>(manner.noise());
    if (!manner.dataFirst()) {
      lines.addAll(names);
    }
    for (String line : event.data().split("\n", -1)) {
      boolean space = manner.space() || line.startsWith(" ");
      lines.add((space ? "data: " : "data:") + line);
    }
    if (manner.dataFirst()) {
      lines.addAll(names);
    }
    lines.add("");
    lines.forEach(line -> stream.append(line).append(manner.lineEnd()));
  }

  private static Event asSeen(Event event) {
    String data = new String(utf8(event.data()), StandardCharsets.ISO_8859_1);
    return new Event(event.name(), data, event.id());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
