package ai.holysheep.camel.transport;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An open socket. Thread-safe. */
public interface Socket {

  /** The normal end (RFC 6455, 7.4.1). */
  int NORMAL = 1000;

  /** One side goes away. */
  int GOING_AWAY = 1001;

  /**
   * Sends a message, behind those that were sent before.
   *
   * @param sent told when it has been handed to the network, or why it could not be
   */
  void send(String text, Consumer<@Nullable TransportFault> sent);

  /** So many more messages may come. Until then the server is kept from sending more. */
  void request(int messages);

  /** Asks the server for a sign of life. */
  void ping();

  /**
   * Closes it, with a close frame where the connection still allows. Does not throw, may be
   * repeated.
   */
  void close(int code, String reason);
}
