package ai.holysheep.camel.examples.pipeline;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What goes where.
 *
 * @param kafka host and port of Kafka; null for one in this process
 * @param jms the address of Artemis; null for one in this process
 * @param folder for the files of answers, and for what has been answered
 * @param model the model's id
 * @param baseUrl the server's address; null for HolySheep's own
 * @param apiKey the key; null where there is none
 * @param pace multiplies the delays of the simulator
 */
record Settings(
    @Nullable String kafka,
    @Nullable String jms,
    Path folder,
    String model,
    @Nullable String baseUrl,
    @Nullable String apiKey,
    double pace) {

  /**
   * Reads the system properties that {@code README.md} lists, and the environment variable {@code
   * HOLYSHEEP_API_KEY}.
   *
   * @throws IllegalArgumentException if one makes no sense
   */
  static Settings read() {
    String folder = System.getProperty("folder", "answers");
    if (!folder.matches("[^?%&#${}]+")) {
      throw new IllegalArgumentException(
          "The folder must have a name without ? % & # $ { }, not '" + folder + "'.");
    }
    return new Settings(
        System.getProperty("kafka"),
        System.getProperty("jms"),
        Path.of(folder).toAbsolutePath(),
        System.getProperty("model", "deepseek-v3.2"),
        System.getProperty("baseUrl"),
        System.getenv("HOLYSHEEP_API_KEY"),
        readPace());
  }

  private static double readPace() {
    String pace = System.getProperty("pace", "0.5");
    try {
      return Double.parseDouble(pace);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("The pace must be a number, not " + pace + ".");
    }
  }

  /** Whether nobody else can be asked than the simulator. */
  boolean needsSimulator() {
    return baseUrl == null && (apiKey == null || apiKey.isEmpty());
  }

  /** The same with another server. */
  Settings asking(String otherUrl, String otherKey) {
    return new Settings(kafka, jms, folder, model, otherUrl, otherKey, pace);
  }

  /** The same with another folder within this one. */
  Settings within(String name) {
    return new Settings(kafka, jms, folder.resolve(name), model, baseUrl, apiKey, pace);
  }

  /** The same with these brokers. */
  Settings through(String kafkaAddress, String jmsAddress) {
    return new Settings(kafkaAddress, jmsAddress, folder, model, baseUrl, apiKey, pace);
  }

  /** What the routes name. */
  Map<String, String> properties() {
    Map<String, String> properties = new HashMap<>();
    properties.put("kafka", Objects.requireNonNull(kafka, "kafka"));
    properties.put("model", model);
    properties.put("folder", folder.toString());
    properties.put("prompts", "prompts");
    properties.put("tokens", "tokens");
    properties.put("answers", "answers");
    properties.put("queue", "answers");
    // How soon others take over from one that is dead.
    properties.put("session", "6000");
    // Longer than any model is silent, with all tries.
    properties.put("patience", "180000");
    return properties;
  }

  /** Leaves the key out. */
  @Override
  public String toString() {
    return "Settings[kafka=%s, jms=%s, folder=%s, model=%s, baseUrl=%s]"
        .formatted(kafka, jms, folder, model, baseUrl);
  }
}
