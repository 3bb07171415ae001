package ai.holysheep.camel.examples.agent;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whom to talk with, and how.
 *
 * @param typed whether somebody types what is said; otherwise it is prepared
 * @param transport auto, websocket or sse
 * @param model the model's id
 * @param baseUrl the server's address; null for HolySheep's own
 * @param apiKey the key; null where there is none
 * @param pace multiplies the delays of the simulator
 * @param simulated whether the simulator answers, which is told what to do in the prompt
 */
record Settings(
    boolean typed,
    String transport,
    String model,
    @Nullable String baseUrl,
    @Nullable String apiKey,
    double pace,
    boolean simulated) {

  private static final List<String> TRANSPORTS = List.of("auto", "websocket", "sse");

  /**
   * Reads the system properties {@code talk}, {@code transport}, {@code model}, {@code baseUrl} and
   * {@code pace}, and the environment variable {@code HOLYSHEEP_API_KEY}.
   *
   * @throws IllegalArgumentException if one makes no sense
   */
  static Settings read() {
    String talk = System.getProperty("talk", "prepared");
    if (!List.of("prepared", "typed").contains(talk)) {
      throw new IllegalArgumentException("The talk is prepared or typed, not " + talk + ".");
    }
    String transport = System.getProperty("transport", "auto");
    if (!TRANSPORTS.contains(transport)) {
      throw new IllegalArgumentException(
          "The transport is one of " + TRANSPORTS + ", not " + transport + ".");
    }
    return new Settings(
        talk.equals("typed"),
        transport,
        System.getProperty("model", "deepseek-v3.2"),
        System.getProperty("baseUrl"),
        System.getenv("HOLYSHEEP_API_KEY"),
        readPace(),
        false);
  }

  private static double readPace() {
    String pace = System.getProperty("pace", "1");
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

  /** The same talk with the simulator. */
  Settings to(String simulatorUrl, String anyKey) {
    return new Settings(typed, transport, model, simulatorUrl, anyKey, pace, true);
  }

  /** Leaves the key out. */
  @Override
  public String toString() {
    return "Settings[transport=%s, model=%s, baseUrl=%s]".formatted(transport, model, baseUrl);
  }
}
