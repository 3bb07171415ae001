package ai.holysheep.camel.transport.websocket;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketFrame;
import org.jspecify.annotations.Nullable;

/**
 * Joins the frames of a message (RFC 6455, 5.4) as long as it is not longer than allowed. The
 * library would do so too, but leaves out a message that is too long and tells nobody. Belongs to
 * the socket's thread.
 */
final class Fragments {

  /** What a frame made of what had come before. */
  enum Kind {
    /** A whole message of text. */
    TEXT,
    /** A whole message that is none of text. */
    BINARY,
    /** A message that is longer than allowed; what follows of it makes no sense. */
    TOO_LONG,
    /** No message: the beginning or the middle of one, or a frame about the connection. */
    NOTHING
  }

  /**
   * What became of a frame.
   *
   * @param text of a message of text; empty for all else
   */
  record Taken(Kind kind, String text) {

    static final Taken NOTHING = new Taken(Kind.NOTHING, "");
    static final Taken BINARY = new Taken(Kind.BINARY, "");
    static final Taken TOO_LONG = new Taken(Kind.TOO_LONG, "");
  }

  private final int maxBytes;
  private @Nullable Buffer begun;
  private boolean isText;

  Fragments(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  Taken take(WebSocketFrame frame) {
    if (frame.isText() || frame.isBinary()) {
      isText = frame.isText();
      begun = null;
    } else if (!frame.isContinuation()) {
      return Taken.NOTHING;
    }
    Buffer data = frame.binaryData();
    int before = begun == null ? 0 : begun.length();
    if (data.length() > maxBytes - before) {
      begun = null;
      return Taken.TOO_LONG;
    }
    if (!frame.isFinal()) {
      begun = begun == null ? data.copy() : begun.appendBuffer(data);
      return Taken.NOTHING;
    }
    Buffer whole = begun == null ? data : begun.appendBuffer(data);
    begun = null;
    return isText ? new Taken(Kind.TEXT, whole.toString()) : Taken.BINARY;
  }

  /** That a message is too long, and by which option it is. */
  String limitWords() {
    return "a message exceeded the " + maxBytes + " bytes of the option 'maxEventBytes'";
  }
}
