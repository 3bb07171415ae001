package ai.holysheep.camel.chat;

/**
 * One call of a tool, with all its fragments joined.
 *
 * @param origin where the event belongs
 * @param toolCall the assembled call
 */
public record ToolCallReceived(Origin origin, ToolCall toolCall) implements ChatEvent {

  @Override
  public EventType type() {
    return EventType.TOOL_CALL;
  }
}
