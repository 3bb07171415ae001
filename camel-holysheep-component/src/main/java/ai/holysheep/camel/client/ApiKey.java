package ai.holysheep.camel.client;

import ai.holysheep.camel.error.AuthenticationFailedException;
import ai.holysheep.camel.error.FailureContext;

/** The key of an account. Shows itself nowhere but in the header that needs it. */
public final class ApiKey {

  private final String secret;

  private ApiKey(String secret) {
    this.secret = secret;
  }

  /**
   * Checks a key.
   *
   * @throws AuthenticationFailedException when it cannot be sent in a header, which mostly means
   *     that a line break was copied with it
   */
  public static ApiKey of(String secret) {
    boolean sendable = secret.chars().allMatch(c -> c > ' ' && c < 0x7F);
    if (secret.isEmpty() || !sendable) {
      throw new AuthenticationFailedException(
          "The API key is empty or holds a blank, a line break or another character that no key has."
              + " Set the option 'apiKey' or the environment variable HOLYSHEEP_API_KEY to the key"
              + " alone.",
          FailureContext.NONE);
    }
    return new ApiKey(secret);
  }

  String authorization() {
    return "Bearer " + secret;
  }

  /** The key as what must not be shown. */
  Secret asSecret() {
    return new Secret(secret);
  }

  @Override
  public String toString() {
    return "ApiKey[***]";
  }
}
