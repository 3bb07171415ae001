package ai.holysheep.camel.client;

import ai.holysheep.camel.chat.ProviderError;
import org.jspecify.annotations.Nullable;

/**
 * Makes a server's words fit to be shown: in one line, not too long, and without the key, which
 * some servers repeat when they refuse it.
 */
final class Redaction {

  private static final int LONGEST_WORDS = 500;

  private final @Nullable ApiKey apiKey;

  Redaction(@Nullable ApiKey apiKey) {
    this.apiKey = apiKey;
  }

  ProviderError of(ProviderError error) {
    return new ProviderError(
        of(error.message()), of(error.type()), of(error.code()), of(error.param()));
  }

  @Nullable String of(@Nullable String text) {
    return text == null ? null : start(text, LONGEST_WORDS);
  }

  /** The beginning of a text. The key goes first, because the cut might leave half of it. */
  String start(String text, int length) {
    String line = blotOut(text).strip().replaceAll("\\s+", " ");
    return cut(line, length);
  }

  /** The beginning, with its lines, of a text that may have been cut already. */
  String excerpt(String text, int length) {
    return cut(apiKey == null ? text : apiKey.blotOutOfCut(text), length);
  }

  private String blotOut(String text) {
    return apiKey == null ? text : apiKey.blotOut(text);
  }

  private static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length) + "...";
  }
}
