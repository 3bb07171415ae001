package ai.holysheep.camel.benchmarks.ways;

import ai.holysheep.camel.benchmarks.reading.StreamCheck;
import ai.holysheep.camel.simulator.load.Stamp;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Counts the tokens of one answer by the number of its bytes. Of the bytes it looks at the digits
 * of the time that the last token was written, and at the end. For one thread.
 */
final class RawAnswer {

  private static final int NUMBER_LENGTH = 8;
  private static final int DECIMAL = 10;

  /** The bytes {@code 0\r\n\r\n} as one number, and how many bits it has. */
  private static final long END = 0x30_0D_0A_0D_0AL;

  private static final int END_LENGTH = 5;
  private static final long END_MASK = (1L << (END_LENGTH * Byte.SIZE)) - 1;

  private final StreamCheck check;
  private final ByteArrayOutputStream beginning = new ByteArrayOutputStream();
  private @Nullable AnswerLayout layout;
  private long position;
  private int told;
  private long stampBegun;
  private long tail;

  RawAnswer(StreamCheck check) {
    this.check = check;
  }

  StreamCheck check() {
    return check;
  }

  /** What the beginning of the answer told; null before it has come. */
  @Nullable AnswerLayout layout() {
    return layout;
  }

  /**
   * Takes the next bytes, from 0 to the limit.
   *
   * @param known the layout, where another answer has told it
   * @return whether they are the last
   */
  boolean take(ByteBuffer bytes, @Nullable AnswerLayout known) {
    if (layout == null) {
      layout = known;
    }
    if (layout != null) {
      return count(bytes, layout);
    }
    for (int at = 0; at < bytes.limit(); at++) {
      beginning.write(bytes.get(at));
    }
    layout = AnswerLayout.of(beginning.toByteArray());
    return layout != null && count(ByteBuffer.wrap(beginning.toByteArray()), layout);
  }

  private boolean count(ByteBuffer bytes, AnswerLayout layout) {
    long from = position;
    position += bytes.limit();
    long whole = Math.max(0, position - layout.begin()) / layout.token();
    int complete = (int) Math.min(check.tokens(), whole);
    if (complete > told) {
      long writtenNanos = stamp(complete - 1, bytes, from, layout);
      check.unread(complete - told, writtenNanos);
      told = complete;
    }
    if (complete < check.tokens()) {
      stampBegun = stamp(complete, bytes, from, layout);
      return false;
    }
    return isEnd(bytes);
  }

  /** The digits of a token's time that have come, those in the bytes before these included. */
  private long stamp(int token, ByteBuffer bytes, long from, AnswerLayout layout) {
    long begin = layout.begin() + (long) token * layout.token() + layout.stampAt();
    long first = begin + NUMBER_LENGTH;
    long end = Math.min(begin + Stamp.LENGTH, from + bytes.limit());
    long digits = first >= from ? 0 : stampBegun;
    for (long at = Math.max(first, from); at < end; at++) {
      digits = digits * DECIMAL + bytes.get((int) (at - from)) - '0';
    }
    return digits;
  }

  private boolean isEnd(ByteBuffer bytes) {
    for (int at = Math.max(0, bytes.limit() - END_LENGTH); at < bytes.limit(); at++) {
      tail = (tail << Byte.SIZE | bytes.get(at)) & END_MASK;
    }
    return tail == END;
  }
}
