package ai.holysheep.camel.chat;

import java.util.List;

/**
 * The last event of a stream that did not fail.
 *
 * @param origin where the event belongs
 * @param report why the stream ended and what it used
 * @param ends why each of the answers ended, in order of their index; empty where nothing had come
 */
public record CallEnded(Origin origin, Report report, List<ChoiceEnd> ends) implements ChatEvent {

  /** The end of a stream with one answer. */
  public CallEnded(Origin origin, Report report) {
    this(
        origin, report, List.of(new ChoiceEnd(0, report.finishReason(), report.rawFinishReason())));
  }

  @Override
  public EventType type() {
    return EventType.USAGE;
  }

  @Override
  public boolean isLast() {
    return true;
  }
}
