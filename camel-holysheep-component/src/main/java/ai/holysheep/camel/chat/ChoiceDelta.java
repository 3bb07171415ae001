package ai.holysheep.camel.chat;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one chunk adds to one answer.
 *
 * @param index which of the {@code n} answers
 * @param text a piece of text; null where the chunk has none
 * @param reasoning a piece of reasoning; null where the chunk has none
 * @param toolCalls fragments of tool calls; empty where the chunk has none
 * @param finishReason the server's own word; null while the answer goes on
 */
public record ChoiceDelta(
    int index,
    @Nullable String text,
    @Nullable String reasoning,
    List<ToolCallFragment> toolCalls,
    @Nullable String finishReason) {

  /**
   * Whether it takes the answer further. A chunk that only names the role, or holds nothing at all
   * to keep the connection alive, does not.
   */
  public boolean hasContent() {
    return isPiece() || isText(finishReason);
  }

  /** Whether it brings a piece of the answer, and not only its end. */
  public boolean isPiece() {
    return isText(text) || isText(reasoning) || !toolCalls.isEmpty();
  }

  /** Whether it brings a tool call, and all of it. */
  public boolean isWholeToolCall() {
    return toolCalls.size() == 1 && toolCalls.get(0).whole();
  }

  private static boolean isText(@Nullable String value) {
    return value != null && !value.isEmpty();
  }
}
