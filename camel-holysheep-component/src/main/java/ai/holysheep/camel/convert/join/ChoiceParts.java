package ai.holysheep.camel.convert.join;

import ai.holysheep.camel.chat.Choice;
import ai.holysheep.camel.chat.FinishReason;
import ai.holysheep.camel.chat.ReasoningReceived;
import ai.holysheep.camel.chat.Report;
import ai.holysheep.camel.chat.TextReceived;
import ai.holysheep.camel.chat.ToolCall;
import ai.holysheep.camel.chat.ToolCallReceived;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What the parts say of one of the {@code n} answers.
 *
 * @param toolCalls the calls by the index of their part
 */
record ChoiceParts(
    int index,
    GrowingText text,
    GrowingText reasoning,
    NumberedValues<ToolCall> toolCalls,
    boolean textCut,
    boolean reasoningCut,
    long droppedCharacters)
    implements Serializable {

  static ChoiceParts none(int index) {
    return new ChoiceParts(
        index, new GrowingText(), new GrowingText(), NumberedValues.none(), false, false, 0);
  }

  ChoiceParts with(Part part) {
    if (part.event() instanceof TextReceived received) {
      // What follows a gap would read as if there were none.
      return textCut || part.isDropped()
          ? cut(true, reasoningCut, part)
          : new ChoiceParts(
              index,
              text.plus(received.text()),
              reasoning,
              toolCalls,
              false,
              reasoningCut,
              droppedCharacters);
    }
    if (part.event() instanceof ReasoningReceived received) {
      return reasoningCut || part.isDropped()
          ? cut(textCut, true, part)
          : new ChoiceParts(
              index,
              text,
              reasoning.plus(received.text()),
              toolCalls,
              textCut,
              false,
              droppedCharacters);
    }
    if (part.event() instanceof ToolCallReceived received) {
      return part.isDropped() ? cut(textCut, reasoningCut, part) : with(part.index(), received);
    }
    return this;
  }

  private ChoiceParts with(long partIndex, ToolCallReceived received) {
    return new ChoiceParts(
        index,
        text,
        reasoning,
        toolCalls.with(partIndex, received.toolCall()),
        textCut,
        reasoningCut,
        droppedCharacters);
  }

  private ChoiceParts cut(boolean cutsText, boolean cutsReasoning, Part part) {
    long characters = part.droppedCharacters() + part.size().texts();
    return new ChoiceParts(
        index, text, reasoning, toolCalls, cutsText, cutsReasoning, droppedCharacters + characters);
  }

  /**
   * The answer.
   *
   * @param report how it ended; null where that is not known
   */
  Choice choice(@Nullable Report report) {
    return new Choice(
        index,
        text.toString(),
        reasoning.toString(),
        toolCalls.values(),
        report == null ? FinishReason.UNKNOWN : report.finishReason(),
        report == null ? null : report.rawFinishReason(),
        droppedCharacters);
  }
}
