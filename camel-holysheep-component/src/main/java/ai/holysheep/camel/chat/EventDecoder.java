package ai.holysheep.camel.chat;

import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link EventEncoder} writes. Fields that are not known are passed over, and so are
 * those that an older version did not write.
 */
public interface EventDecoder {

  /**
   * An event. Failures come back as exceptions of the component's own family, with what was written
   * of them.
   *
   * @throws IllegalArgumentException when the text is not an event; the message says why, as the
   *     end of a sentence about it, and never repeats it
   */
  ChatEvent event(String json);

  /** The stream that an event belongs to; null where the text is not an event. */
  @Nullable String streamId(String json);

  /** A tool call; null where the text is none. */
  @Nullable ToolCall toolCall(String json);
}
