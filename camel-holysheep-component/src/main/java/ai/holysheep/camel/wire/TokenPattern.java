package ai.holysheep.camel.wire;

import ai.holysheep.camel.chat.ChoiceDelta;
import ai.holysheep.camel.chat.Chunk;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A message that differs from others in nothing but the text of its token: the bytes before and
 * behind that text, and what they say. Immutable.
 */
final class TokenPattern {

  private final byte[] before;
  private final byte[] behind;
  private final Chunk chunk;

  /**
   * @param data a whole message
   * @param textFrom where the text begins in it, behind the quotation mark
   * @param textTo where the quotation mark behind the text is
   * @param chunk what the message says
   */
  TokenPattern(byte[] data, int textFrom, int textTo, Chunk chunk) {
    this.before = Arrays.copyOfRange(data, 0, textFrom);
    this.behind = Arrays.copyOfRange(data, textTo, data.length);
    this.chunk = chunk;
  }

  /** Whether it is of the same response. */
  boolean isLike(Chunk other) {
    return Objects.equals(chunk.responseId(), other.responseId())
        && Objects.equals(chunk.model(), other.model());
  }

  /**
   * What a message says.
   *
   * @return null where the pattern does not tell
   */
  @Nullable Chunk read(byte[] data, int offset, int length) {
    int from = offset + before.length;
    int to = offset + length - behind.length;
    boolean matches =
        from < to
            && Arrays.equals(data, offset, from, before, 0, before.length)
            && Arrays.equals(data, to, offset + length, behind, 0, behind.length);
    String text = matches ? text(data, from, to) : null;
    return text == null ? null : with(text);
  }

  /** The bytes of a string of JSON as text; null where they are not plainly what they say. */
  private static @Nullable String text(byte[] data, int from, int to) {
    boolean ascii = true;
    for (int i = from; i < to; i++) {
      byte b = data[i];
      if (b == '"' || b == '\\' || b >= 0 && b < ' ') {
        return null;
      }
      ascii &= b >= 0;
    }
    String text =
        new String(
            data, from, to - from, ascii ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    return ascii || text.indexOf('\uFFFD') < 0 ? text : null;
  }

  private Chunk with(String text) {
    return with(chunk, text);
  }

  /** The same with another text. */
  static Chunk with(Chunk chunk, String text) {
    ChoiceDelta delta =
        new ChoiceDelta(chunk.choices().get(0).index(), text, null, List.of(), null);
    return new Chunk(chunk.responseId(), chunk.model(), List.of(delta), null, null);
  }
}
