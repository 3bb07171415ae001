package ai.holysheep.camel.client;

import ai.holysheep.camel.chat.ProviderError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a server's words fit to be shown: in one line, not too long, and without the key and other
 * secrets of the request, which some servers repeat when they refuse them.
 */
final class Redaction {

  private static final int LONGEST_WORDS = 500;

  private final List<Secret> secrets = new ArrayList<>();

  Redaction(CallSettings settings) {
    if (settings.apiKey() != null) {
      secrets.add(settings.apiKey().asSecret());
    }
    SecretHeaders.secrets(settings.headers()).forEach(value -> secrets.add(new Secret(value)));
  }

  ProviderError of(ProviderError error) {
    return new ProviderError(
        of(error.message()), of(error.type()), of(error.code()), of(error.param()));
  }

  @Nullable String of(@Nullable String text) {
    return text == null ? null : start(text, LONGEST_WORDS);
  }

  /** The beginning of a text. Secrets go first, because the cut might leave half of one. */
  String start(String text, int length) {
    return cut(whole(text).strip().replaceAll("\\s+", " "), length);
  }

  /** All of a text, however long. */
  String whole(String text) {
    String words = text;
    for (Secret secret : secrets) {
      words = secret.blotOut(words);
    }
    return words;
  }

  /** The beginning, with its lines, of a text that may have been cut already. */
  String excerpt(String text, int length) {
    String words = text;
    for (Secret secret : secrets) {
      words = secret.blotOutOfCut(words);
    }
    return cut(words, length);
  }

  private static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length) + "...";
  }
}
