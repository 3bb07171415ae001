package ai.holysheep.camel.chat;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of one call. A figure that the server did not send is null, not 0.
 *
 * @param promptTokens tokens of the request
 * @param completionTokens tokens of the answer, reasoning included
 * @param totalTokens tokens of both
 * @param cachedTokens those of the prompt that the server had cached
 * @param reasoningTokens those of the completion that were reasoning
 * @param source who counted
 */
public record Usage(
    @Nullable Long promptTokens,
    @Nullable Long completionTokens,
    @Nullable Long totalTokens,
    @Nullable Long cachedTokens,
    @Nullable Long reasoningTokens,
    UsageSource source)
    implements Serializable {}
