package ai.holysheep.camel.chat;

import java.io.Serializable;

/** One event of a stream. The last one is {@link CallEnded} or {@link CallFailed}, and only it. */
public sealed interface ChatEvent extends Serializable
    permits TextReceived,
        ReasoningReceived,
        ToolCallReceived,
        OtherReceived,
        AnswerRestarted,
        CallEnded,
        CallFailed {

  /** Where this event belongs. */
  Origin origin();

  /** The kind of this event. */
  EventType type();

  /** Whether no event follows this one. */
  default boolean isLast() {
    return false;
  }
}
