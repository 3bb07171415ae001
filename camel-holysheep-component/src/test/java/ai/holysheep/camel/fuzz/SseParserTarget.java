package ai.holysheep.camel.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.transport.http.SseParser;
import ai.holysheep.camel.transport.http.SseReference;
import ai.holysheep.camel.transport.http.SseReplay;
import ai.holysheep.camel.transport.http.SseReplay.Outcome;
import java.util.List;
import java.util.Random;

/**
 * Any bytes mean what the standard says, however they are cut, and limits apply at the same place.
 */
public final class SseParserTarget {

  private static final List<Integer> BYTE_BY_BYTE = List.of(1);

  private SseParserTarget() {}

  public static void fuzzerTestOneInput(byte[] stream) {
    Random random = Cuts.choices(stream);
    List<Integer> cuts = Cuts.sizes(random);
    Outcome expected = SseReference.interpret(stream);
    assertThat(SseReplay.whole(stream)).isEqualTo(expected);
    assertThat(SseReplay.cut(stream, BYTE_BY_BYTE)).isEqualTo(expected);
    assertThat(SseReplay.cut(stream, cuts)).isEqualTo(expected);
    limited(stream, cuts, 1 + random.nextInt(60), 1 + random.nextInt(60));
  }

  private static void limited(byte[] stream, List<Integer> cuts, int maxLine, int maxEvent) {
    List<Integer> whole = List.of(Math.max(1, stream.length));
    Outcome expected = SseReplay.replay(new SseParser(maxLine, maxEvent), stream, whole);
    assertThat(SseReplay.replay(new SseParser(maxLine, maxEvent), stream, BYTE_BY_BYTE))
        .isEqualTo(expected);
    assertThat(SseReplay.replay(new SseParser(maxLine, maxEvent), stream, cuts))
        .isEqualTo(expected);
  }
}
