package ai.holysheep.camel.simulator;

/**
 * Where an answer goes: the reply to a request, or a socket. Every method is called on the event
 * loop of its connection.
 */
interface Outlet {

  /** Whether the client is slower than the answer; the playback is told when that is over. */
  boolean isFull();

  void write(String event);

  /** All is written. */
  void finished();

  /**
   * The answer ends here, since its prompt wants that.
   *
   * @param kind how; none of those after which an answer goes on or falls silent
   */
  void broken(Fault.Kind kind);
}
