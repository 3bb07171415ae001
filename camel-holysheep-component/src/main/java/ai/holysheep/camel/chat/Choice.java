package ai.holysheep.camel.chat;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of the {@code n} answers of a call, whole or as far as it had come.
 *
 * @param index 0 to n-1
 * @param text the answer's text, or the beginning of one that is cut; empty where there is none
 * @param reasoning the model's reasoning, or the beginning of one that is cut; empty where there is
 *     none
 * @param toolCalls the tools that the model asks for, in order; empty where there are none
 * @param finishReason why it ended; {@link FinishReason#UNKNOWN} while it goes on
 * @param rawFinishReason the server's own word for it; null where it gave none
 * @param droppedCharacters how many characters of text, reasoning and tool calls had come that are
 *     not here, because a call keeps no more than the option {@code maxKeptCharacters} says
 */
public record Choice(
    int index,
    String text,
    String reasoning,
    List<ToolCall> toolCalls,
    FinishReason finishReason,
    @Nullable String rawFinishReason,
    long droppedCharacters)
    implements Serializable {

  /** One of which nothing was dropped. */
  public Choice(
      int index,
      String text,
      String reasoning,
      List<ToolCall> toolCalls,
      FinishReason finishReason,
      @Nullable String rawFinishReason) {
    this(index, text, reasoning, toolCalls, finishReason, rawFinishReason, 0);
  }

  /** Whether more had come than is here, so that it must not be taken for whole. */
  public boolean isCut() {
    return droppedCharacters > 0;
  }

  /** How many characters of text, reasoning and tool arguments had come, kept or not. */
  public long receivedCharacters() {
    long arguments = toolCalls.stream().mapToLong(call -> call.arguments().length()).sum();
    return text.length() + reasoning.length() + arguments + droppedCharacters;
  }
}
