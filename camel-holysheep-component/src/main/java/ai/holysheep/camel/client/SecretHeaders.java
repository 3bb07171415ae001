package ai.holysheep.camel.client;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Which request headers are mostly secrets, by their names. */
public final class SecretHeaders {

  private static final List<String> WORDS =
      List.of("auth", "cookie", "credential", "key", "passw", "secret", "signature", "token");

  /** Shorter pieces are words such as the scheme, or so common that a text would lose its sense. */
  private static final int SHORTEST_SECRET = 8;

  private SecretHeaders() {}

  /** Whether the value of a header with this name is mostly a secret. */
  public static boolean isSecret(String name) {
    String word = name.toLowerCase(Locale.ROOT);
    return WORDS.stream().anyMatch(word::contains);
  }

  /**
   * What servers might repeat of the secrets among these headers: whole values, and the parts of
   * those that have a scheme or are lists. The longest come first.
   */
  static List<String> secrets(Map<String, String> headers) {
    Set<String> secrets = new LinkedHashSet<>();
    headers.forEach(
        (name, value) -> {
          if (isSecret(name)) {
            secrets.add(value.strip());
            secrets.addAll(List.of(value.split("[\\s;,]+")));
            secrets.addAll(List.of(value.split("[\\s;,=\"]+")));
          }
        });
    return secrets.stream()
        .filter(secret -> secret.length() >= SHORTEST_SECRET)
        .sorted(Comparator.comparingInt(String::length).reversed())
        .toList();
  }
}
