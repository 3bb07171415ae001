package ai.holysheep.camel.transport;

/**
 * How much a server may send before it is no longer believed.
 *
 * @param maxLineBytes the longest line of an event stream
 * @param maxEventBytes the longest message of an event stream, all its lines together
 * @param maxResponseBytes the longest reply, of an event stream the data of all its messages
 * @param maxJsonDepth how deeply the objects and lists of a message may be nested
 */
public record Limits(int maxLineBytes, int maxEventBytes, long maxResponseBytes, int maxJsonDepth) {

  /** What a server has to say about an error is shorter; pages of proxies are of no interest. */
  private static final int MAX_ERROR_BYTES = 256 * 1024;

  /** With messages nested up to 1000 deep. */
  public Limits(int maxLineBytes, int maxEventBytes, long maxResponseBytes) {
    this(maxLineBytes, maxEventBytes, maxResponseBytes, 1000);
  }

  /** How much is read of a reply that refuses the call. */
  public int maxErrorBytes() {
    return (int) Math.min(MAX_ERROR_BYTES, maxResponseBytes);
  }
}
