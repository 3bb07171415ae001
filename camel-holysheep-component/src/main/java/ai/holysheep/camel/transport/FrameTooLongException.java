package ai.holysheep.camel.transport;

/**
 * The server sent more than a reader is willing to hold. It carries the limit, never the content,
 * and does not know by which option the limit was set.
 *
 * <p>Thrown on the thread that reads; the stream cannot be read further.
 */
public final class FrameTooLongException extends RuntimeException {
  /** What was too long. */
  public enum Limit {
    /** One line, its line end not counted. */
    LINE,
    /** The payload of one message. */
    EVENT
  }

  private final Limit limit;
  private final int maxBytes;

  public FrameTooLongException(Limit limit, int maxBytes) {
    super((limit == Limit.LINE ? "A line" : "An event") + " has more than " + maxBytes + " bytes");
    this.limit = limit;
    this.maxBytes = maxBytes;
  }

  /** Which limit was passed. */
  public Limit limit() {
    return limit;
  }

  /** The value of that limit. */
  public int maxBytes() {
    return maxBytes;
  }
}
