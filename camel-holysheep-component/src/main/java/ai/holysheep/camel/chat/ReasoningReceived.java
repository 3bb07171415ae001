package ai.holysheep.camel.chat;

/**
 * A piece of the model's reasoning, which is not part of the answer.
 *
 * @param origin where the event belongs
 * @param text the text as the server sent it; never empty, never trimmed
 */
public record ReasoningReceived(Origin origin, String text) implements ChatEvent {

  @Override
  public EventType type() {
    return EventType.REASONING;
  }
}
