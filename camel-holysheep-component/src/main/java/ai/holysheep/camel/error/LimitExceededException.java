package ai.holysheep.camel.error;

/**
 * A server sent more, or more deeply nested, than one call may hold. Thrown where the messages are
 * read, which knows nothing of the call: whoever holds the call tells it to the route as a {@link
 * ProtocolViolatedException}. It carries the limit, never the content.
 */
public final class LimitExceededException extends RuntimeException {

  /**
   * @param message the limit, and the option that raises it where there is one; without full stop
   */
  public LimitExceededException(String message) {
    super(message);
  }
}
