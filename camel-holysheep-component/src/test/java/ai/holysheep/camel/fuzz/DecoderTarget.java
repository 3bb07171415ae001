package ai.holysheep.camel.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.chat.Chunk;
import ai.holysheep.camel.error.LimitExceededException;
import ai.holysheep.camel.wire.ChunkDecoder;
import ai.holysheep.camel.wire.ErrorDecoder;
import ai.holysheep.camel.wire.UnreadableException;
import java.util.Arrays;

/**
 * Any bytes are a chunk, or are refused in one of the declared ways; where they lie and what came
 * before does not matter; any bytes can be the body of an error.
 */
public final class DecoderTarget {

  private DecoderTarget() {}

  public static void fuzzerTestOneInput(byte[] json) {
    ChunkDecoder decoder = new ChunkDecoder();
    Object first = decode(decoder, json, 0, json.length);
    Object again = decode(decoder, json, 0, json.length);
    assertThat(again).as("read twice").isEqualTo(first);
    byte[] padded = new byte[json.length + 4];
    Arrays.fill(padded, (byte) '}');
    System.arraycopy(json, 0, padded, 2, json.length);
    assertThat(decode(new ChunkDecoder(), padded, 2, json.length))
        .as("within other bytes")
        .isEqualTo(first);
    assertThat(ErrorDecoder.decode(json)).isNotNull().isEqualTo(ErrorDecoder.decode(json));
  }

  private static Object decode(ChunkDecoder decoder, byte[] json, int offset, int length) {
    try {
      Chunk chunk = decoder.decode(json, offset, length);
      chunk.choices().forEach(choice -> assertThat(choice.index()).isNotNegative());
      return chunk;
    } catch (UnreadableException | LimitExceededException e) {
      return e.getMessage();
    }
  }
}
