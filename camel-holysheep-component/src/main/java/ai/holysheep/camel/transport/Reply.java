package ai.holysheep.camel.transport;

import org.jspecify.annotations.Nullable;

/** The reply to a call: the head at once, the body as it comes. Read by one thread. */
public interface Reply {

  /** The HTTP status. */
  int status();

  /** What the server calls the status; null where it says nothing, as in newer versions of HTTP. */
  default @Nullable String reason() {
    return null;
  }

  /** The first header of this name, whatever its case; null where there is none. */
  @Nullable String header(String name);

  /**
   * Whether the body is a stream of messages. Otherwise it is a document. Where the head does not
   * tell, the first bytes do, and this waits for them.
   */
  boolean isEventStream() throws TransportFault;

  /**
   * Whether the messages are those of a session, in which both sides speak. A session finds out by
   * itself when its server has gone.
   */
  default boolean isSession() {
    return false;
  }

  /**
   * The next message of an event stream; waits for it. It is valid until the next call, of whatever
   * method.
   *
   * @return null at the end of the body
   */
  @Nullable Frame next() throws TransportFault;

  /** Whether {@link #next} would answer without waiting for the network. */
  boolean isReady();

  /** The body of a document as far as it goes, and no more than this many bytes of it. */
  byte[] beginning(int maxBytes) throws TransportFault;

  /**
   * The whole body of a document.
   *
   * @throws TransportFault with {@link TransportFault.Kind#TOO_LONG} beyond the limit
   */
  byte[] document() throws TransportFault;
}
