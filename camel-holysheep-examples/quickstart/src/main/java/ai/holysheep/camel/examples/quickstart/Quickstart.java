package ai.holysheep.camel.examples.quickstart;

import ai.holysheep.camel.HolySheepComponent;
import ai.holysheep.camel.simulator.Simulator;
import ai.holysheep.camel.simulator.SimulatorOptions;
import org.apache.camel.impl.DefaultCamelContext;

/** Asks a model one question and shows the answer while it comes. */
public final class Quickstart {

  private Quickstart() {}

  /**
   * Asks what the system property {@code prompt} says; see {@code README.md} for the others.
   *
   * @param args not used
   */
  public static void main(String[] args) {
    // Netty, on which the simulator runs, would make Java 24 and later warn on the terminal.
    System.setProperty("io.netty.noUnsafe", "true");
    Terminal terminal = new Terminal();
    // Ctrl-C in the middle of a line leaves the prompt of the shell on a line of its own.
    Runtime.getRuntime().addShutdownHook(new Thread(terminal::endLine));
    try {
      Settings settings = Settings.read();
      if (settings.needsSimulator()) {
        askSimulator(settings, terminal);
      } else {
        ask(settings, terminal);
      }
    } catch (Exception e) {
      terminal.complain(e);
      System.exit(1);
    }
  }

  private static void askSimulator(Settings settings, Terminal terminal) throws Exception {
    SimulatorOptions options = SimulatorOptions.defaults().withPaceFactor(settings.pace());
    try (Simulator simulator = Simulator.start(options)) {
      terminal.say(
          "HOLYSHEEP_API_KEY is not set: a simulator on this machine answers, with made-up text.\n");
      ask(settings.to(simulator.baseUrl(), "any-key"), terminal);
    }
  }

  private static void ask(Settings settings, Terminal terminal) throws Exception {
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      HolySheepComponent holySheep = camel.getComponent("holysheep", HolySheepComponent.class);
      holySheep.getConfiguration().setApiKey(settings.apiKey());
      if (settings.baseUrl() != null) {
        holySheep.getConfiguration().setBaseUrl(settings.baseUrl());
      }
      camel.getPropertiesComponent().addInitialProperty("model", settings.model());
      camel.addRoutes(new QuickstartRoute(terminal));
      camel.start();
      camel.createProducerTemplate().sendBody("direct:ask", settings.prompt());
    }
  }
}
