package ai.holysheep.camel.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FrameTest {
  @Test
  void payloadComparesWithoutSurroundingBlanks() {
    assertThat(frame("[DONE]").payloadEquals("[DONE]")).isTrue();
    assertThat(frame(" \t[DONE]\r\n ").payloadEquals("[DONE]")).isTrue();
    assertThat(frame("  ").payloadEquals("")).isTrue();
  }

  @Test
  void payloadDiffersByAnyOtherByte() {
    assertThat(frame("[DONE").payloadEquals("[DONE]")).isFalse();
    assertThat(frame("[DONE]]").payloadEquals("[DONE]")).isFalse();
    assertThat(frame("[done]").payloadEquals("[DONE]")).isFalse();
    assertThat(frame("").payloadEquals("[DONE]")).isFalse();
  }

  @Test
  void comparisonStaysWithinThePayload() {
    byte[] bytes = "x[DONE]x".getBytes(StandardCharsets.UTF_8);
    assertThat(new Frame(null, bytes, 1, 6, null).payloadEquals("[DONE]")).isTrue();
    assertThat(new Frame(null, bytes, 1, 5, null).payloadEquals("[DONE]")).isFalse();
  }

  @Test
  void malformedUtf8BecomesTheReplacementCharacter() {
    byte[] bytes = {'a', (byte) 0xFF, 'b'};
    assertThat(new Frame(null, bytes, 0, 3, null).text()).isEqualTo("a\uFFFDb");
  }

  @Test
  void nameOfTheFrameHidesItsContent() {
    assertThat(frame("secret").toString()).doesNotContain("secret").contains("length=6");
  }

  @Test
  void payloadMustLieWithinTheBuffer() {
    assertThatThrownBy(() -> new Frame(null, new byte[4], 2, 3, null))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static Frame frame(String payload) {
    byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
    return new Frame(null, bytes, 0, bytes.length, null);
  }
}
