package ai.holysheep.camel.simulator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** Lets a request in by its {@code Authorization} header. */
final class KeyCheck {

  private static final String SCHEME = "Bearer ";

  private final byte @Nullable [] expected;

  /** Null accepts any key that is not empty. */
  KeyCheck(@Nullable String apiKey) {
    expected = apiKey == null ? null : apiKey.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Checks a header.
   *
   * @throws ApiError.RefusedException with status 401 if it lets nobody in
   */
  void require(@Nullable String authorization) {
    String key = key(authorization);
    if (key.isEmpty()) {
      String message =
          "You didn't provide an API key. Provide it in an Authorization header using Bearer auth "
              + "(i.e. Authorization: Bearer YOUR_KEY).";
      throw ApiError.unauthorized(message).refused();
    }
    // The key is not repeated in the answer: error texts end up in logs. The comparison takes the
    // same time wherever the two differ.
    if (expected != null
        && !MessageDigest.isEqual(expected, key.getBytes(StandardCharsets.UTF_8))) {
      throw ApiError.unauthorized("Incorrect API key provided.").refused();
    }
  }

  private static String key(@Nullable String authorization) {
    if (authorization == null
        || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return "";
    }
    return authorization.substring(SCHEME.length()).strip();
  }
}
