package ai.holysheep.camel.transport;

/**
 * One try of one call that nobody waits in. It says by a signal when there may be something new,
 * and what is asked of it then answers at once:
 *
 * <ul>
 *   <li>while {@link #isReady} is true, {@link #send} gives the reply or throws;
 *   <li>from then on {@link Reply#isEventStream}, {@link Reply#beginning} and {@link
 *       Reply#document} of that reply answer;
 *   <li>while {@link Reply#isReady} is true, {@link Reply#next} gives a message, or null at the end
 *       of the body, or throws.
 * </ul>
 *
 * Asking whether something is ready takes in what has come, and so lets the server send on: a long
 * document is ready only if it is asked for at each signal. A message is valid until anything else
 * is asked of its reply. Who asks although nothing is ready gets an {@link IllegalStateException}.
 *
 * <p>One thread at a time asks; any thread may abort. An aborted attempt is ready: who asks gets a
 * {@link TransportFault}, unless what was received before can still be read.
 */
public interface SignallingAttempt extends Attempt {

  /**
   * Begins to send, and returns. To be called once, before anything else is asked.
   *
   * @param signal run each time the attempt or its reply may have become ready: on the transport's
   *     own thread, on that of whoever aborts, or on that of the caller before this returns. It
   *     must be short and must not throw. It may run once too often, never once too seldom: once
   *     something was asked for and was not ready, it runs when that may have changed. Several may
   *     run at the same time.
   */
  void begin(Runnable signal);

  /** Whether {@link #send} would answer without waiting. */
  boolean isReady();

  /**
   * {@inheritDoc} Returns at once: the rest of the reply is awaited by nobody. Nothing may be asked
   * of the reply from then on.
   */
  @Override
  void release();
}
