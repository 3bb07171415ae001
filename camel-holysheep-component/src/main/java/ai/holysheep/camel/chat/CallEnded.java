package ai.holysheep.camel.chat;

/**
 * The last event of a stream that did not fail.
 *
 * @param origin where the event belongs
 * @param report why the stream ended and what it used
 */
public record CallEnded(Origin origin, Report report) implements ChatEvent {

  @Override
  public EventType type() {
    return EventType.USAGE;
  }

  @Override
  public boolean isLast() {
    return true;
  }
}
