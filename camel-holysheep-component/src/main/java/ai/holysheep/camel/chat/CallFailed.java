package ai.holysheep.camel.chat;

/**
 * The last event of a stream that failed.
 *
 * @param origin where the event belongs
 * @param exception what went wrong; always one of the component's own exception family
 * @param partialAnswer what had been received before
 */
public record CallFailed(Origin origin, RuntimeException exception, ChatAnswer partialAnswer)
    implements ChatEvent {

  @Override
  public EventType type() {
    return EventType.ERROR;
  }

  @Override
  public boolean isLast() {
    return true;
  }
}
