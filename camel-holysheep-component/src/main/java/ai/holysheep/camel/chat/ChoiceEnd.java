package ai.holysheep.camel.chat;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Why one of the {@code n} answers of a call ended.
 *
 * @param index which one, from 0
 * @param finishReason the reason
 * @param rawFinishReason the server's own word for it; null where it gave none
 */
public record ChoiceEnd(int index, FinishReason finishReason, @Nullable String rawFinishReason)
    implements Serializable {}
