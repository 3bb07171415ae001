package ai.holysheep.camel.fuzz;

import java.util.List;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

/**
 * The targets of the fuzzer, over what was recorded and over changes to it. Each seed that fails is
 * reported; the profile {@code fuzz} looks further.
 */
class MutatedAnswersTest {

  private static final List<byte[]> STREAMS = Transcripts.streams();
  private static final List<byte[]> CHUNKS = Transcripts.chunks();

  @Test
  void recordedAnswersKeepAllRules() {
    STREAMS.forEach(SseParserTarget::fuzzerTestOneInput);
    STREAMS.forEach(AnswerTarget::fuzzerTestOneInput);
    CHUNKS.forEach(DecoderTarget::fuzzerTestOneInput);
  }

  @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void changedStreamIsParsedAsTheStandardSays(@ForAll long seed) {
    SseParserTarget.fuzzerTestOneInput(Mutations.of(STREAMS, new Random(seed)));
  }

  @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void changedAnswerHasOneEnd(@ForAll long seed) {
    AnswerTarget.fuzzerTestOneInput(Mutations.of(STREAMS, new Random(seed)));
  }

  @Property(tries = 5000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void changedChunkIsReadOrRefused(@ForAll long seed) {
    DecoderTarget.fuzzerTestOneInput(Mutations.of(CHUNKS, new Random(seed)));
  }
}
