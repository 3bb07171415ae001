package ai.holysheep.camel.benchmarks.ways;

import ai.holysheep.camel.benchmarks.reading.StreamCheck;
import ai.holysheep.camel.simulator.load.Stamp;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Counts the tokens of one answer of the load server by the ends of its lines: each event has two,
 * the first event has no token, and those that follow have one each. Reads nothing but the time of
 * the last token of each piece. For one thread at a time.
 */
final class TokenCounter {

  private static final byte[] CONTENT = "\"content\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final int NUMBER_LENGTH = 8;
  private static final int DECIMAL = 10;
  private static final int LONGEST_LINE = 4096;

  private final StreamCheck check;
  private int lines;
  private int stampAt;

  /** The line whose end has not come. */
  private final byte[] begun = new byte[LONGEST_LINE];

  private int begunLength;

  TokenCounter(StreamCheck check) {
    this.check = check;
  }

  /** Takes the next bytes, and uses them up. */
  void take(ByteBuffer bytes) {
    int begin = bytes.position();
    int line = begin - begunLength;
    int lastToken = 0;
    int count = 0;
    for (int at = begin; at < bytes.limit(); at++) {
      if (bytes.get(at) == '\n') {
        if (isToken(lines)) {
          count++;
          lastToken = line;
        }
        lines++;
        line = at + 1;
      }
    }
    if (count > 0) {
      check.unread(count, writtenNanos(bytes, lastToken));
    }
    keep(bytes, line);
  }

  private boolean isToken(int line) {
    int event = line / 2;
    return line % 2 == 0 && event > 0 && event <= check.tokens();
  }

  private long writtenNanos(ByteBuffer bytes, int line) {
    if (stampAt == 0) {
      stampAt = find(bytes, line) + NUMBER_LENGTH;
    }
    long digits = 0;
    for (int i = 0; i < Stamp.LENGTH - NUMBER_LENGTH; i++) {
      digits = digits * DECIMAL + byteAt(bytes, line + stampAt + i) - '0';
    }
    return digits;
  }

  /** Where in a line the text of its token begins. */
  private int find(ByteBuffer bytes, int line) {
    int at = 0;
    for (int matched = 0; matched < CONTENT.length; at++) {
      byte next = byteAt(bytes, line + at);
      // A quote that does not go on as it should may be the first of the next try.
      matched = next == CONTENT[matched] ? matched + 1 : next == CONTENT[0] ? 1 : 0;
    }
    return at;
  }

  /** A byte of these, or of the line that was begun before them. */
  private byte byteAt(ByteBuffer bytes, int at) {
    int before = bytes.position() - at;
    return before > 0 ? begun[begunLength - before] : bytes.get(at);
  }

  private void keep(ByteBuffer bytes, int line) {
    int from = Math.max(line, bytes.position());
    if (line >= bytes.position()) {
      begunLength = 0;
    }
    bytes.position(from);
    int length = bytes.remaining();
    bytes.get(begun, begunLength, length);
    begunLength += length;
  }
}
