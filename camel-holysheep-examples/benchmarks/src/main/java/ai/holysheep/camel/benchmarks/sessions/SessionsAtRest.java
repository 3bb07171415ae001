package ai.holysheep.camel.benchmarks.sessions;

import ai.holysheep.camel.HolySheepComponent;
import ai.holysheep.camel.HolySheepConstants;
import ai.holysheep.camel.client.session.SessionTransport;
import ai.holysheep.camel.simulator.SimulatorMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * Opens many agent sessions, has one turn in each, and says what they keep of heap and threads
 * while nothing is said in them. The simulator is a process of its own.
 */
public final class SessionsAtRest {

  private static final int SESSIONS = 1000;
  private static final Pattern ADDRESS = Pattern.compile("http://\\S+/v1");

  private SessionsAtRest() {}

  /**
   * Prints a line for each transport.
   *
   * @param args not used
   */
  public static void main(String[] args) throws Exception {
    Process simulator = simulator();
    try {
      String baseUrl = address(simulator);
      for (SessionTransport transport : List.of(SessionTransport.websocket, SessionTransport.sse)) {
        measure(transport, baseUrl);
      }
    } finally {
      simulator.destroy();
    }
  }

  private static Process simulator() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            SimulatorMain.class.getName(),
            "port=0",
            "paceFactor=0")
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static String address(Process simulator) throws IOException {
    BufferedReader output = simulator.inputReader(StandardCharsets.UTF_8);
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher address = ADDRESS.matcher(line);
      if (address.find()) {
        return address.group();
      }
    }
    throw new IOException("The simulator has not started; it says why above.");
  }

  private static void measure(SessionTransport transport, String baseUrl) throws Exception {
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      HolySheepComponent component = camel.getComponent("holysheep", HolySheepComponent.class);
      component.getConfiguration().setBaseUrl(baseUrl);
      component.getConfiguration().setApiKey("any-key");
      component.getConfiguration().setModel("deepseek-v3.2");
      component.getSessionConfiguration().setTransport(transport);
      camel.start();
      ProducerTemplate template = camel.createProducerTemplate();
      say(template, "warm-up");
      long before = heapInUse();
      for (int i = 0; i < SESSIONS; i++) {
        say(template, "user-" + i);
      }
      long after = heapInUse();
      System.out.printf(
          Locale.ROOT,
          "%-10s %d sessions: %.1f KiB of heap each, %d threads in all%n",
          transport,
          SESSIONS,
          (after - before) / 1024.0 / SESSIONS,
          ManagementFactory.getThreadMXBean().getThreadCount());
    }
  }

  private static void say(ProducerTemplate template, String session) {
    String answer =
        template
            .send(
                "holysheep:agent",
                exchange -> {
                  exchange.setPattern(ExchangePattern.InOut);
                  exchange.getMessage().setBody("[[echo]]Hello, I am a sheep.");
                  exchange.getMessage().setHeader(HolySheepConstants.SESSION_ID, session);
                })
            .getMessage()
            .getBody(String.class);
    if (!"Hello, I am a sheep.".equals(answer)) {
      throw new IllegalStateException("Session " + session + " got another answer: " + answer);
    }
  }

  private static long heapInUse() {
    // Twice, because what is only softly or weakly reachable goes with the second.
    System.gc();
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
