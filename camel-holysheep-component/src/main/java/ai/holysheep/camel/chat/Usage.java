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
 * @param cost what the tokens cost; null where that is not known
 */
public record Usage(
    @Nullable Long promptTokens,
    @Nullable Long completionTokens,
    @Nullable Long totalTokens,
    @Nullable Long cachedTokens,
    @Nullable Long reasoningTokens,
    UsageSource source,
    @Nullable Cost cost)
    implements Serializable {

  /** The tokens of a call of which is not known what they cost. */
  public Usage(
      @Nullable Long promptTokens,
      @Nullable Long completionTokens,
      @Nullable Long totalTokens,
      @Nullable Long cachedTokens,
      @Nullable Long reasoningTokens,
      UsageSource source) {
    this(promptTokens, completionTokens, totalTokens, cachedTokens, reasoningTokens, source, null);
  }

  /** The same tokens, at that cost. */
  public Usage withCost(@Nullable Cost newCost) {
    return new Usage(
        promptTokens,
        completionTokens,
        totalTokens,
        cachedTokens,
        reasoningTokens,
        source,
        newCost);
  }
}
