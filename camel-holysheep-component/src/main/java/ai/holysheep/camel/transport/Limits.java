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

  /** With messages nested up to 1000 deep. */
  public Limits(int maxLineBytes, int maxEventBytes, long maxResponseBytes) {
    this(maxLineBytes, maxEventBytes, maxResponseBytes, 1000);
  }
}
