package ai.holysheep.camel.simulator;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs a simulator alone until it is stopped. */
public final class SimulatorMain {

  private static final int DEFAULT_PORT = 8089;
  private static final List<String> NAMES = List.of("port", "paceFactor", "apiKey", "eventLoops");

  private SimulatorMain() {}

  /**
   * Starts the simulator and prints its address. Settings are {@code port} (default 8089, 0 takes a
   * free one), {@code paceFactor} (default 1), {@code apiKey} (default: any) and {@code eventLoops}
   * (default 1), given as arguments {@code name=value} or as system properties; arguments win.
   *
   * @param args the settings
   */
  public static void main(String[] args) {
    // Netty would make Java 24 and later warn on the terminal.
    System.setProperty("io.netty.noUnsafe", "true");
    try {
      run(options(args));
    } catch (IllegalArgumentException | IllegalStateException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static void run(SimulatorOptions options) {
    Simulator simulator = Simulator.start(options);
    Runtime.getRuntime().addShutdownHook(new Thread(simulator::close, "simulator-close"));
    System.out.println(greeting(simulator.baseUrl(), options));
  }

  /**
   * Reads the settings.
   *
   * @throws IllegalArgumentException if one is unknown or makes no sense
   */
  static SimulatorOptions options(String... args) {
    Arrays.stream(args).forEach(SimulatorMain::requireKnown);
    return SimulatorOptions.defaults()
        .withPort((int) number("port", args, DEFAULT_PORT))
        .withPaceFactor(number("paceFactor", args, 1))
        .withApiKey(setting("apiKey", args))
        .withEventLoops((int) number("eventLoops", args, 1));
  }

  private static void requireKnown(String arg) {
    if (NAMES.stream().noneMatch(name -> arg.startsWith(name + "="))) {
      throw new IllegalArgumentException(
          "Unknown argument " + arg + "; known are " + String.join("=..., ", NAMES) + "=...");
    }
  }

  private static double number(String name, String[] args, double absent) {
    String value = setting(name, args);
    try {
      return value == null ? absent : Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " must be a number, not " + value, e);
    }
  }

  private static @Nullable String setting(String name, String[] args) {
    for (String arg : args) {
      if (arg.startsWith(name + "=")) {
        return arg.substring(name.length() + 1);
      }
    }
    return System.getProperty(name);
  }

  private static String greeting(String baseUrl, SimulatorOptions options) {
    String key = options.apiKey() == null ? "any-key" : "YOUR_KEY";
    return """
        The simulator listens on %s
        Try it:
          curl -N %s/chat/completions -H 'Authorization: Bearer %s' -H 'Content-Type: application/json' \\
            -d '{"model":"deepseek-v3.2","stream":true,"messages":[{"role":"user","content":"Hello"}]}'
        Stop it with Ctrl+C."""
        .formatted(baseUrl, baseUrl, key);
  }
}
