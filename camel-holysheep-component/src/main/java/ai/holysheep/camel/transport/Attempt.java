package ai.holysheep.camel.transport;

/** One try of one call. One thread sends and reads; any thread may abort. */
public interface Attempt {

  /**
   * Sends the call and waits for the head of the reply.
   *
   * @throws TransportFault when no reply comes
   */
  Reply send() throws TransportFault;

  /**
   * Ends the attempt at once: whoever waits in it gets a {@link TransportFault}, and the connection
   * is closed. Does not throw, may be repeated, does nothing after {@link #release}.
   */
  void abort();

  /**
   * Gives the connection back for reuse after the last message was read. Where the server does not
   * end its reply, the connection is closed instead. Does not throw, may be repeated.
   */
  void release();
}
