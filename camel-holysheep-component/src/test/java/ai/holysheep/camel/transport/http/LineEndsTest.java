package ai.holysheep.camel.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LineEndsTest {
  @Test
  void firstLineEndIsFoundAtEveryPlaceOfEveryRange() {
    for (byte end : new byte[] {'\n', '\r'}) {
      for (int at = 0; at < 40; at++) {
        byte[] bytes = filled((byte) 'x');
        bytes[at] = end;
        bytes[at + 1] = '\n';
        for (int from = 0; from <= at; from++) {
          assertThat(LineEnds.find(bytes, from, bytes.length)).isEqualTo(at);
          assertThat(LineEnds.find(bytes, from, at)).isEqualTo(at);
        }
      }
    }
  }

  @Test
  void noOtherByteIsTakenForALineEnd() {
    for (int value = 0; value < 256; value++) {
      byte[] bytes = filled((byte) value);
      boolean isLineEnd = value == '\n' || value == '\r';
      assertThat(LineEnds.find(bytes, 1, 41)).as("byte %d", value).isEqualTo(isLineEnd ? 1 : 41);
    }
  }

  private static byte[] filled(byte value) {
    byte[] bytes = new byte[42];
    Arrays.fill(bytes, value);
    return bytes;
  }
}
