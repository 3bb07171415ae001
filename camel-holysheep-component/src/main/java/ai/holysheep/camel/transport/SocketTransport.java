package ai.holysheep.camel.transport;

import java.io.Closeable;

/** Opens sockets, over which both sides send messages when they like. Thread-safe. */
public interface SocketTransport extends Closeable {

  /**
   * Begins to open a socket, and returns.
   *
   * @param listener is told what becomes of it
   */
  void open(SocketCall call, SocketListener listener);

  /** Closes all sockets. Does not throw, may be repeated. */
  @Override
  void close();
}
