package ai.holysheep.camel.transport;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One message of the server. The payload is a range of a buffer that belongs to whoever made the
 * frame, so it is valid only until the next call on that maker; the event name and the id stay.
 *
 * <p>It does not know what the payload means. Read it on the thread that received it; there is
 * nothing to close.
 */
public final class Frame {
  private final @Nullable String event;
  private final byte[] bytes;
  private final int offset;
  private final int length;
  private final @Nullable String id;

  /**
   * @param event the event name, null for the default one, "message"
   * @param bytes the buffer that holds the payload; not copied
   * @param offset where the payload starts
   * @param length how many bytes it has
   * @param id the last event id the server has named, null if none
   */
  public Frame(@Nullable String event, byte[] bytes, int offset, int length, @Nullable String id) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    this.event = event;
    this.bytes = bytes;
    this.offset = offset;
    this.length = length;
    this.id = id;
  }

  /** The event name; null for the default one, "message". */
  public @Nullable String event() {
    return event;
  }

  /** The buffer that holds the payload, from {@link #offset()}; not a copy. */
  public byte[] bytes() {
    return bytes;
  }

  /** Where in {@link #bytes()} the payload starts. */
  public int offset() {
    return offset;
  }

  /** How many bytes the payload has; 0 for a message without content. */
  public int length() {
    return length;
  }

  /** The last event id the server has named, in this message or an earlier one; null if none. */
  public @Nullable String id() {
    return id;
  }

  /**
   * Tells whether the payload is this ASCII text, whatever blanks surround it; allocates nothing.
   */
  public boolean payloadEquals(String ascii) {
    int from = offset;
    int end = offset + length;
    while (from < end && isBlank(bytes[from])) {
      from++;
    }
    while (from < end && isBlank(bytes[end - 1])) {
      end--;
    }
    return end - from == ascii.length() && startsWith(from, ascii);
  }

  /** The payload as text, a copy; each malformed UTF-8 sequence becomes U+FFFD. */
  public String text() {
    return new String(bytes, offset, length, StandardCharsets.UTF_8);
  }

  /** Names the frame without its content, which may be private. */
  @Override
  public String toString() {
    return "Frame[event=" + event + ", length=" + length + ", id=" + id + "]";
  }

  private boolean startsWith(int from, String ascii) {
    for (int i = 0; i < ascii.length(); i++) {
      if (bytes[from + i] != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '\r' || b == '\n';
  }
}
