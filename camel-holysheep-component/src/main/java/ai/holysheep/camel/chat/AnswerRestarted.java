package ai.holysheep.camel.chat;

/**
 * The model is asked again from the start: all that came before this event is void.
 *
 * @param origin where the event belongs
 * @param attempt which try begins now, from 2
 * @param cause why the one before failed; always one of the component's own exception family
 */
public record AnswerRestarted(Origin origin, int attempt, RuntimeException cause)
    implements ChatEvent {

  @Override
  public EventType type() {
    return EventType.RESTART;
  }
}
