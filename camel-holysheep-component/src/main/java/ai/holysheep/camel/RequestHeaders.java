package ai.holysheep.camel;

import ai.holysheep.camel.error.FailureContext;
import ai.holysheep.camel.error.RequestRejectedException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which further HTTP headers a request may have, by the options and by its message. */
final class RequestHeaders {

  /** They follow from the body, and a second one makes a request that no server reads. */
  private static final Set<String> NEVER = Set.of("content-length", "transfer-encoding");

  /**
   * They decide where a request goes, what it is, or with whose rights it goes there, or are for
   * one connection only (RFC 9110, 7.6.1).
   */
  private static final Set<String> NOT_PER_MESSAGE =
      Set.of(
          "accept-encoding",
          "api-key",
          "authorization",
          "connection",
          "content-encoding",
          "content-length",
          "content-type",
          "cookie",
          "expect",
          "host",
          "http2-settings",
          "keep-alive",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "x-api-key");

  private RequestHeaders() {}

  /** What the options set. */
  static Map<String, String> of(Map<String, Object> options) {
    Map<String, String> headers = new LinkedHashMap<>();
    options.forEach((name, value) -> add(headers, name, value));
    for (String name : headers.keySet()) {
      if (NEVER.contains(name.toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException(
            "The option 'additionalHeader' cannot set the HTTP header " + name + ".");
      }
    }
    return headers;
  }

  /** What a message sets; null takes a header of the options away. */
  static void override(Map<String, String> headers, Map<String, Object> message) {
    message.forEach(
        (name, value) -> {
          if (isReserved(name)) {
            throw new RequestRejectedException(
                "The HTTP header " + name + " cannot be set by a message.", FailureContext.NONE);
          }
          if (value == null) {
            headers.remove(name);
          } else {
            add(headers, name, value);
          }
        });
  }

  private static boolean isReserved(String name) {
    String word = name.toLowerCase(Locale.ROOT);
    return NOT_PER_MESSAGE.contains(word) || word.startsWith("proxy-");
  }

  private static void add(Map<String, String> headers, String name, @Nullable Object value) {
    String text = String.valueOf(value);
    if (name.isEmpty()
        || !name.chars().allMatch(RequestHeaders::isToken)
        || !text.chars().allMatch(RequestHeaders::isSendable)) {
      throw new RequestRejectedException(
          "The additional header '"
              + name.replaceAll("[^!-~]", "?")
              + "' has a name or a value that cannot be sent, such as one with a line break or with a"
              + " letter outside of ISO 8859-1.",
          FailureContext.NONE);
    }
    headers.put(name, text);
  }

  /** RFC 9110, 5.6.2. */
  private static boolean isToken(int c) {
    return c >= '0' && c <= '9'
        || c >= 'A' && c <= 'Z'
        || c >= 'a' && c <= 'z'
        || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
  }

  private static boolean isSendable(int c) {
    return c == '\t' || c >= ' ' && c < 0x7F || c >= 0xA0 && c <= 0xFF;
  }
}
