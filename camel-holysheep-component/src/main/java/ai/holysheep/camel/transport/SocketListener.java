package ai.holysheep.camel.transport;

import org.jspecify.annotations.Nullable;

/**
 * Is told what becomes of a socket: that it is open, all that comes, and one end. Called by the
 * transport's own thread, one call at a time. Must not wait, and must not throw.
 */
public interface SocketListener {

  /** The socket is open. Messages come as they are asked for. */
  void opened(Socket socket);

  /** One message, whole. */
  void message(String text);

  /** Something that is no text has come, and is left out. */
  void binary();

  /** The server has answered to a ping. */
  void pong();

  /**
   * The socket is closed, by either side, or was never open. Called once.
   *
   * @param end why; what the server said, or what went wrong
   */
  void ended(End end);

  /**
   * Why a socket is closed.
   *
   * @param fault what went wrong before it was open, or with the connection; null where it was
   *     closed with a code
   * @param code the code of the close frame (RFC 6455, 7.4), 1005 or 1006 where there was none
   * @param reason what the server said to it; null where it said nothing
   */
  record End(@Nullable TransportFault fault, int code, @Nullable String reason) {}
}
