package ai.holysheep.camel.chat;

/**
 * A piece of the answer's text.
 *
 * @param origin where the event belongs
 * @param text the text as the server sent it; never empty, never trimmed
 */
public record TextReceived(Origin origin, String text) implements ChatEvent {

  @Override
  public EventType type() {
    return EventType.TOKEN;
  }
}
