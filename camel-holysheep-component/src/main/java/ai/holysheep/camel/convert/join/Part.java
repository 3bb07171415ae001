package ai.holysheep.camel.convert.join;

import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.ReasoningReceived;
import ai.holysheep.camel.chat.TextReceived;
import ai.holysheep.camel.chat.ToolCall;
import ai.holysheep.camel.chat.ToolCallReceived;
import java.io.Serializable;

/**
 * An event of a stream, as far as it is kept.
 *
 * @param event the event; without its content where that is not kept
 * @param droppedCharacters how long the content was that is not kept
 */
record Part(ChatEvent event, long droppedCharacters) implements Serializable {

  private static final ToolCall NO_CALL = new ToolCall(null, "", "", false);

  /** A part of which all is kept. */
  static Part whole(ChatEvent event) {
    return new Part(event, 0);
  }

  long index() {
    return event.origin().index();
  }

  int choiceIndex() {
    Integer index = event.origin().choiceIndex();
    return index == null ? 0 : index;
  }

  boolean isDropped() {
    return droppedCharacters > 0;
  }

  /** How much of it is kept. */
  Size size() {
    if (event instanceof TextReceived received) {
      return new Size(received.text().length(), 0);
    }
    if (event instanceof ReasoningReceived received) {
      return new Size(received.text().length(), 0);
    }
    if (event instanceof ToolCallReceived received) {
      return new Size(0, length(received.toolCall()));
    }
    return Size.NONE;
  }

  /** The same without its content. */
  Part dropped() {
    long characters = size().texts() + size().toolCalls();
    if (event instanceof TextReceived) {
      return new Part(new TextReceived(event.origin(), ""), characters);
    }
    if (event instanceof ReasoningReceived) {
      return new Part(new ReasoningReceived(event.origin(), ""), characters);
    }
    if (event instanceof ToolCallReceived) {
      return new Part(new ToolCallReceived(event.origin(), NO_CALL), characters);
    }
    return this;
  }

  private static int length(ToolCall call) {
    String id = call.id();
    return (id == null ? 0 : id.length()) + call.name().length() + call.arguments().length();
  }
}
