package ai.holysheep.camel.chat;

/**
 * A message of the server of a kind that is not known here, passed on as it is.
 *
 * @param origin where the event belongs
 * @param message what the server sent
 */
public record OtherReceived(Origin origin, OtherMessage message) implements ChatEvent {

  @Override
  public EventType type() {
    return EventType.OTHER;
  }
}
