package ai.holysheep.camel.simulator.load;

/**
 * The text of a token: its number in the answer, and when the server wrote it. Always 24 digits.
 *
 * <p>The time is that of {@link System#nanoTime()}, which all processes of one Linux machine share,
 * so that its reader can tell how long the token was on its way.
 */
public final class Stamp {

  /** How long the text of a token is, in characters. */
  public static final int LENGTH = 24;

  private static final int NUMBER_LENGTH = 8;

  private Stamp() {}

  /**
   * Which token it is, from 0.
   *
   * @throws NumberFormatException when it is none of this server
   */
  public static int number(CharSequence text) {
    if (text.length() != LENGTH) {
      throw new NumberFormatException("not a token of the load server: " + text);
    }
    return Integer.parseInt(text, 0, NUMBER_LENGTH, 10);
  }

  /**
   * When it was written, in nanoseconds of {@link System#nanoTime()}.
   *
   * @throws NumberFormatException when it is none of this server
   */
  public static long writtenNanos(CharSequence text) {
    return Long.parseLong(text, NUMBER_LENGTH, LENGTH, 10);
  }

  /** Writes one. */
  static void write(byte[] target, int at, int number, long nanos) {
    digits(target, at, NUMBER_LENGTH, number);
    digits(target, at + NUMBER_LENGTH, LENGTH - NUMBER_LENGTH, nanos);
  }

  private static void digits(byte[] target, int at, int length, long value) {
    long rest = value;
    for (int i = at + length - 1; i >= at; i--) {
      target[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }
}
