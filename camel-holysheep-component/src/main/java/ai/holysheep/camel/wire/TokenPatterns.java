package ai.holysheep.camel.wire;

import ai.holysheep.camel.chat.ChoiceDelta;
import ai.holysheep.camel.chat.Chunk;
import ai.holysheep.camel.error.LimitExceededException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the messages of a stream that are as one before but for the text of the token, as nearly
 * all are, without reading their JSON again.
 *
 * <p>A pattern is believed only when it has been tried: the message must say the same with another
 * word in the place of its text. And only such text is taken for another as is not empty, which may
 * have a meaning of its own, and needs no decoding: so no message says anything else than its JSON
 * does. Not thread-safe.
 */
final class TokenPatterns {

  /** Reads the JSON of a message. */
  interface Decoding {
    Chunk decode(byte[] data, int offset, int length) throws UnreadableException;
  }

  /** A stream whose messages differ in more than their text is not looked at for ever. */
  private static final int MOST_USELESS = 4;

  /** The message of a token is short; what is longer is no token, and not worth keeping. */
  private static final int LONGEST_BYTES = 4 * 1024;

  /** The text may stand elsewhere in the message too, but hardly more often. */
  private static final int MOST_PLACES = 3;

  private @Nullable TokenPattern pattern;
  private int useless;

  /**
   * What a message says.
   *
   * @return null where no pattern tells
   */
  @Nullable Chunk read(byte[] data, int offset, int length) {
    TokenPattern known = pattern;
    Chunk chunk = known == null ? null : known.read(data, offset, length);
    if (chunk != null) {
      useless = 0;
    }
    return chunk;
  }

  /**
   * Learns from a message that was read in another way.
   *
   * @param aside reads JSON and leaves no trace
   */
  void learn(Chunk chunk, byte[] data, int offset, int length, Decoding aside) {
    if (pattern != null && !pattern.isLike(chunk)) {
      pattern = null;
    }
    String text = onlyText(chunk);
    if (text == null || useless == MOST_USELESS || length > LONGEST_BYTES) {
      return;
    }
    byte[] message = Arrays.copyOfRange(data, offset, offset + length);
    byte[] quoted = ('"' + text + '"').getBytes(StandardCharsets.UTF_8);
    int at = -1;
    for (int places = 0; places < MOST_PLACES; places++) {
      at = find(quoted, message, at + 1);
      if (at < 0) {
        return;
      }
      int to = at + quoted.length - 1;
      if (isText(message, at + 1, to, chunk, aside)) {
        pattern = new TokenPattern(message, at + 1, to, chunk);
        useless++;
        return;
      }
    }
  }

  /** The text of a chunk that has nothing else; null of others. */
  private static @Nullable String onlyText(Chunk chunk) {
    if (chunk.choices().size() != 1 || chunk.usage() != null || chunk.error() != null) {
      return null;
    }
    ChoiceDelta delta = chunk.choices().get(0);
    String text = delta.text();
    return text != null && !text.isEmpty() && chunk.equals(TokenPattern.with(chunk, text))
        ? text
        : null;
  }

  /** Whether another word in this place is another text, and changes nothing else. */
  private static boolean isText(byte[] message, int from, int to, Chunk chunk, Decoding aside) {
    String word = message[from] == '?' ? "!" : "?";
    byte[] other = new byte[message.length - (to - from) + word.length()];
    System.arraycopy(message, 0, other, 0, from);
    other[from] = (byte) word.charAt(0);
    System.arraycopy(message, to, other, from + 1, message.length - to);
    try {
      return aside.decode(other, 0, other.length).equals(TokenPattern.with(chunk, word));
    } catch (UnreadableException | LimitExceededException e) {
      return false;
    }
  }

  private static int find(byte[] sought, byte[] data, int from) {
    for (int at = from; at <= data.length - sought.length; at++) {
      if (Arrays.equals(data, at, at + sought.length, sought, 0, sought.length)) {
        return at;
      }
    }
    return -1;
  }
}
