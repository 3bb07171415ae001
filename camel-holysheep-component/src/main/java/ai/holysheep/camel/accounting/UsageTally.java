package ai.holysheep.camel.accounting;

import ai.holysheep.camel.chat.ChoiceDelta;
import ai.holysheep.camel.chat.Chunk;
import ai.holysheep.camel.chat.Cost;
import ai.holysheep.camel.chat.ToolCallFragment;
import ai.holysheep.camel.chat.Usage;
import ai.holysheep.camel.chat.UsageSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the usage of one call, all its tries together. The server's last word counts, because some
 * servers send cumulative figures in every chunk. Where it sends none, the texts are measured and
 * the result is marked as an estimate; the two are never mixed. Not thread-safe.
 */
public final class UsageTally {

  /** The rule of thumb for English with current tokenizers. */
  private static final int CHARACTERS_PER_TOKEN = 4;

  private final Pricing pricing;
  private String model;
  private long promptCharacters;
  private long textCharacters;
  private long reasoningCharacters;
  private long usageCount;
  private @Nullable Usage fromServer;
  private @Nullable Usage earlier;

  /**
   * @param pricing what tokens cost
   * @param model the model that is asked
   * @param promptCharacters the length of all texts in the request
   */
  public UsageTally(Pricing pricing, String model, long promptCharacters) {
    this.pricing = pricing;
    this.model = model;
    this.promptCharacters = promptCharacters;
  }

  /** Takes note of one chunk. */
  public void accept(Chunk chunk) {
    if (chunk.usage() != null) {
      fromServer = chunk.usage();
      usageCount++;
    }
    // By number, because an iterator would be one more object for each token.
    List<ChoiceDelta> choices = chunk.choices();
    for (int i = 0; i < choices.size(); i++) {
      ChoiceDelta delta = choices.get(i);
      textCharacters += length(delta.text());
      reasoningCharacters += length(delta.reasoning());
      List<ToolCallFragment> fragments = delta.toolCalls();
      for (int k = 0; k < fragments.size(); k++) {
        textCharacters += length(fragments.get(k).name()) + length(fragments.get(k).arguments());
      }
    }
  }

  /**
   * The call is made again: what it has used stays used. A try that brought nothing counts nothing.
   *
   * @param model the model that the new request asks
   * @param promptCharacters the length of all its texts
   */
  public void nextAttempt(String model, long promptCharacters) {
    earlier = isUsed() ? usage() : null;
    this.model = model;
    this.promptCharacters = promptCharacters;
    textCharacters = 0;
    reasoningCharacters = 0;
    fromServer = null;
  }

  /** Whether anything has come that is paid for. */
  public boolean isUsed() {
    return earlier != null || hasNews();
  }

  /** How much has come of the answer in this try, in characters. */
  long receivedCharacters() {
    return textCharacters + reasoningCharacters;
  }

  /** How many times the server has said what was used. */
  long usageCount() {
    return usageCount;
  }

  /** The usage of all tries as far as it is known now; an estimate where one of them is. */
  public Usage usage() {
    Usage before = earlier;
    if (before != null && !hasNews()) {
      return before;
    }
    Usage now = pricing.price(model, fromServer == null ? estimate() : fromServer);
    return before == null ? now : sum(before, now);
  }

  private boolean hasNews() {
    return fromServer != null || textCharacters + reasoningCharacters > 0;
  }

  /** What two calls have used together; an estimate where one of them is. */
  public static Usage sum(Usage one, Usage other) {
    return new Usage(
        sum(one.promptTokens(), other.promptTokens()),
        sum(one.completionTokens(), other.completionTokens()),
        sum(one.totalTokens(), other.totalTokens()),
        sum(one.cachedTokens(), other.cachedTokens()),
        sum(one.reasoningTokens(), other.reasoningTokens()),
        one.source() == UsageSource.SERVER ? other.source() : one.source(),
        Cost.sum(one.cost(), other.cost()));
  }

  /** A part that is unknown makes the whole unknown. */
  private static @Nullable Long sum(@Nullable Long one, @Nullable Long other) {
    return one == null || other == null ? null : Long.valueOf(one + other);
  }

  private Usage estimate() {
    long prompt = tokens(promptCharacters);
    long reasoning = tokens(reasoningCharacters);
    long completion = tokens(textCharacters) + reasoning;
    return new Usage(
        prompt, completion, prompt + completion, null, reasoning, UsageSource.ESTIMATED);
  }

  private static long tokens(long characters) {
    return (characters + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN;
  }

  private static int length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }
}
