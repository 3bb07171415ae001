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

  /** The text with every occurrence of the key blotted out, as it is and as JSON may write it. */
  String blotOut(String text) {
    return text.replace(secret, "***").replace(secret.replace("/", "\\/"), "***");
  }

  /** The same for a text that may have been cut in the middle of the key. */
  String blotOutOfCut(String text) {
    String blotted = blotOut(text);
    for (int length = secret.length() - 1; length > 0; length--) {
      if (blotted.endsWith(secret.substring(0, length))) {
        return blotted.substring(0, blotted.length() - length) + "***";
      }
    }
    return blotted;
  }

  @Override
  public String toString() {
    return "ApiKey[***]";
  }
}
