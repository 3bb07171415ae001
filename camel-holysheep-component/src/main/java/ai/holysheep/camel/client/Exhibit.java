package ai.holysheep.camel.client;

import ai.holysheep.camel.error.Refusal;
import ai.holysheep.camel.transport.Reply;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Takes from a reply that refuses what may be shown of it. */
final class Exhibit {

  private static final int SHOWN_CHARACTERS = 4096;

  /** A list of what is shown, because nobody can list all headers that hold a secret. */
  private static final List<String> HARMLESS =
      List.of(
          "Allow",
          "CF-Ray",
          "Content-Type",
          "Date",
          "RateLimit",
          "RateLimit-Policy",
          "request-id",
          "Retry-After",
          "retry-after-ms",
          "Server",
          "Via",
          "x-ratelimit-limit-requests",
          "x-ratelimit-limit-tokens",
          "x-ratelimit-remaining-requests",
          "x-ratelimit-remaining-tokens",
          "x-ratelimit-reset-requests",
          "x-ratelimit-reset-tokens",
          "x-request-id",
          "x-should-retry");

  private final String place;
  private final Redaction redaction;

  Exhibit(String place, Redaction redaction) {
    this.place = place;
    this.redaction = redaction;
  }

  Refusal of(Reply head, byte[] body) {
    return new Refusal(
        place,
        head.status(),
        redaction.of(head.reason()),
        headers(head),
        location(head),
        redaction.excerpt(text(head, body), SHOWN_CHARACTERS));
  }

  /** What is compressed could not be searched for the key. */
  private static String text(Reply head, byte[] body) {
    String encoding = head.header("Content-Encoding");
    boolean plain = encoding == null || encoding.equalsIgnoreCase("identity");
    return plain ? new String(body, StandardCharsets.UTF_8) : "";
  }

  private Map<String, String> headers(Reply head) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String name : HARMLESS) {
      String value = redaction.of(head.header(name));
      if (value != null) {
        headers.put(name, value);
      }
    }
    return Collections.unmodifiableMap(headers);
  }

  /** Links that log somebody in carry the secret behind the question mark. */
  private @Nullable String location(Reply head) {
    String location = head.status() / 100 == 3 ? redaction.of(head.header("Location")) : null;
    return location == null
        ? null
        : location.replaceFirst("[?#].*", "").replaceFirst("//[^/]*@", "//");
  }
}
