package ai.holysheep.camel.chat;

import org.jspecify.annotations.Nullable;

/**
 * Writes the events of one stream as bytes, each when it comes: all that is returned, one behind
 * the other, is the body of a reply. Keeps what it has written in mind, so each stream needs one of
 * its own. Not thread-safe.
 */
public interface StreamEncoder {

  /**
   * The bytes of the next event; whole characters, and in formats that have frames, whole frames.
   *
   * @return empty where the format says nothing of this event, and once it {@link #isOver}
   */
  byte[] encode(ChatEvent event);

  /**
   * The bytes that tell of a failure which did not come as an event, and end the stream.
   *
   * @return empty where the format has no words for it, see {@link #untoldFailure}, and once it
   *     {@link #isOver}
   */
  byte[] encodeFailure(RuntimeException failure);

  /**
   * Whether nothing follows: after the last event, after a failure, and after an event that the
   * format cannot go on from. Whoever still reads the stream then closes it.
   */
  boolean isOver();

  /**
   * The failure that ended the stream where the format has no words for it. Whoever writes the
   * bytes must then break off, so that nobody takes them for the whole. Null otherwise.
   */
  @Nullable RuntimeException untoldFailure();

  /** The failure that ended the stream, told or not; null where none did. */
  @Nullable RuntimeException failure();
}
