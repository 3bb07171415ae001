package ai.holysheep.camel.examples.documents;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What to do with which documents.
 *
 * @param folder the work folder, absolute
 * @param instruction what the model is told to do with each document
 * @param model the model's id
 * @param baseUrl the server's address; null for HolySheep's own
 * @param apiKey the key; null where there is none
 * @param limits how long documents may be
 * @param pace multiplies the delays of the simulator
 */
record Settings(
    Path folder,
    String instruction,
    String model,
    @Nullable String baseUrl,
    @Nullable String apiKey,
    Limits limits,
    double pace) {

  /** They would mean something in the address of an endpoint. */
  private static final Pattern SPECIAL = Pattern.compile("[?%&#${}]");

  /**
   * How long documents may be, in characters.
   *
   * @param streamFrom a document of so many is answered as a stream
   * @param most a document of more is refused
   */
  record Limits(int streamFrom, int most) {}

  /**
   * Reads the system properties that {@code README.md} lists, and the environment variable {@code
   * HOLYSHEEP_API_KEY}.
   *
   * @throws IllegalArgumentException if one makes no sense
   */
  static Settings read() {
    return new Settings(
        folder(System.getProperty("folder", "documents")),
        instruction(System.getProperty("task", "summary")),
        filled("model", "deepseek-v3.2"),
        System.getProperty("baseUrl"),
        System.getenv("HOLYSHEEP_API_KEY"),
        new Limits(count("streamFrom", 1_500), count("maxCharacters", 200_000)),
        readPace());
  }

  private static Path folder(String name) {
    if (name.isBlank() || SPECIAL.matcher(name).find()) {
      throw new IllegalArgumentException(
          "The folder must have a name without ? % & # $ { }, not '" + name + "'");
    }
    try {
      return Path.of(name).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("The folder is no path: " + e.getMessage());
    }
  }

  private static String instruction(String task) {
    String language = filled("language", "English");
    return switch (task) {
      case "summary" ->
          "Summarise the document in at most five sentences, in "
              + language
              + ". Answer with the summary alone.";
      case "translation" ->
          "Translate the document into "
              + language
              + ", sentence by sentence, and keep its paragraphs. Answer with the translation alone.";
      default -> {
        if (task.indexOf(' ') < 0) {
          throw new IllegalArgumentException(
              "The task must be summary, translation, or an instruction of several words, not '"
                  + task
                  + "'");
        }
        yield task;
      }
    };
  }

  private static String filled(String name, String absent) {
    String value = System.getProperty(name, absent);
    if (value.isBlank()) {
      throw new IllegalArgumentException(
          "The " + name + " is empty. Say which one: -D" + name + "=" + absent);
    }
    return value;
  }

  private static int count(String name, int absent) {
    String value = System.getProperty(name, String.valueOf(absent));
    if (!value.matches("[1-9]\\d{0,8}")) {
      throw new IllegalArgumentException(
          "The number of characters in -D" + name + " must be 1 to 999999999, not " + value);
    }
    return Integer.parseInt(value);
  }

  private static double readPace() {
    String pace = System.getProperty("pace", "0.2");
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

  /** The same work for another server. */
  Settings to(String otherBaseUrl, String otherApiKey) {
    return new Settings(folder, instruction, model, otherBaseUrl, otherApiKey, limits, pace);
  }

  /** Leaves the key out. */
  @Override
  public String toString() {
    return "Settings[folder=%s, model=%s, baseUrl=%s]".formatted(folder, model, baseUrl);
  }
}
