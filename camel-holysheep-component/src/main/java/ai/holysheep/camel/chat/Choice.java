package ai.holysheep.camel.chat;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of the {@code n} answers of a call, whole or as far as it had come.
 *
 * @param index 0 to n-1
 * @param text the answer's text; empty where there is none
 * @param reasoning the model's reasoning; empty where there is none
 * @param toolCalls the tools that the model asks for, in order; empty where there are none
 * @param finishReason why it ended; {@link FinishReason#UNKNOWN} while it goes on
 * @param rawFinishReason the server's own word for it; null where it gave none
 */
public record Choice(
    int index,
    String text,
    String reasoning,
    List<ToolCall> toolCalls,
    FinishReason finishReason,
    @Nullable String rawFinishReason) {}
