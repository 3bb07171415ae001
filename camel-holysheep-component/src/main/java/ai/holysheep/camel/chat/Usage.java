package ai.holysheep.camel.chat;

import java.io.Serializable;
import java.math.BigDecimal;
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
 * @param cost what the server says that the tokens cost, in US dollars; null where it does not say
 */
public record Usage(
    @Nullable Long promptTokens,
    @Nullable Long completionTokens,
    @Nullable Long totalTokens,
    @Nullable Long cachedTokens,
    @Nullable Long reasoningTokens,
    UsageSource source,
    @Nullable BigDecimal cost)
    implements Serializable {

  /** The tokens of a call of which the server does not say what they cost. */
  public Usage(
      @Nullable Long promptTokens,
      @Nullable Long completionTokens,
      @Nullable Long totalTokens,
      @Nullable Long cachedTokens,
      @Nullable Long reasoningTokens,
      UsageSource source) {
    this(promptTokens, completionTokens, totalTokens, cachedTokens, reasoningTokens, source, null);
  }
}
