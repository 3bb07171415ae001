package ai.holysheep.camel.accounting;

import ai.holysheep.camel.chat.ChoiceDelta;
import ai.holysheep.camel.chat.Chunk;
import ai.holysheep.camel.chat.ToolCallFragment;
import ai.holysheep.camel.chat.Usage;
import ai.holysheep.camel.chat.UsageSource;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the usage of one call. The server's last word counts, because some servers send cumulative
 * figures in every chunk. Where it sends none, the texts are measured and the result is marked as
 * an estimate; the two are never mixed. Not thread-safe.
 */
public final class UsageTally {

  /** The rule of thumb for English with current tokenizers. */
  private static final int CHARACTERS_PER_TOKEN = 4;

  private final long promptCharacters;
  private long textCharacters;
  private long reasoningCharacters;
  private @Nullable Usage fromServer;

  /**
   * @param promptCharacters the length of all texts in the request
   */
  public UsageTally(long promptCharacters) {
    this.promptCharacters = promptCharacters;
  }

  /** Takes note of one chunk. */
  public void accept(Chunk chunk) {
    if (chunk.usage() != null) {
      fromServer = chunk.usage();
    }
    for (ChoiceDelta delta : chunk.choices()) {
      textCharacters += length(delta.text());
      reasoningCharacters += length(delta.reasoning());
      for (ToolCallFragment fragment : delta.toolCalls()) {
        textCharacters += length(fragment.name()) + length(fragment.arguments());
      }
    }
  }

  /** The usage as far as it is known now. */
  public Usage usage() {
    return fromServer == null ? estimate() : fromServer;
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
