package ai.holysheep.camel.examples.quickstart;

import org.jspecify.annotations.Nullable;

/**
 * What to ask whom.
 *
 * @param prompt the question
 * @param model the model's id
 * @param baseUrl the server's address; null for HolySheep's own
 * @param apiKey the key; null where there is none
 * @param pace multiplies the delays of the simulator
 */
record Settings(
    String prompt, String model, @Nullable String baseUrl, @Nullable String apiKey, double pace) {

  /**
   * Reads the system properties {@code prompt}, {@code model}, {@code baseUrl} and {@code pace},
   * and the environment variable {@code HOLYSHEEP_API_KEY}.
   *
   * @throws IllegalArgumentException if one makes no sense
   */
  static Settings read() {
    String prompt = System.getProperty("prompt", "What is Apache Camel good for?");
    if (prompt.isBlank()) {
      throw new IllegalArgumentException(
          "The prompt is empty. Say what to ask: -Dprompt=\"Tell me a story\"");
    }
    String model = System.getProperty("model", "deepseek-v3.2");
    if (model.isBlank()) {
      throw new IllegalArgumentException(
          "The model is empty. Say which one to ask: -Dmodel=deepseek-v3.2");
    }
    return new Settings(
        prompt,
        model,
        System.getProperty("baseUrl"),
        System.getenv("HOLYSHEEP_API_KEY"),
        readPace());
  }

  private static double readPace() {
    String pace = System.getProperty("pace", "1");
    try {
      return Double.parseDouble(pace);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("The pace must be a number, not " + pace);
    }
  }

  /** Whether nobody else can be asked than the simulator. */
  boolean needsSimulator() {
    return baseUrl == null && (apiKey == null || apiKey.isEmpty());
  }

  /** The same question to another server. */
  Settings to(String otherBaseUrl, String otherApiKey) {
    return new Settings(prompt, model, otherBaseUrl, otherApiKey, pace);
  }

  /** Leaves the key out. */
  @Override
  public String toString() {
    return "Settings[model=%s, baseUrl=%s, pace=%s]".formatted(model, baseUrl, pace);
  }
}
