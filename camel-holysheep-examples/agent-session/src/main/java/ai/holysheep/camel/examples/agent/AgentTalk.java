package ai.holysheep.camel.examples.agent;

import ai.holysheep.camel.simulator.Simulator;
import ai.holysheep.camel.simulator.SimulatorOptions;

/** Talks with a model in one agent session. */
public final class AgentTalk {

  private AgentTalk() {}

  /**
   * Talks as the system property {@code talk} says; see {@code README.md} for it and the others.
   *
   * @param args not used
   */
  public static void main(String[] args) {
    // Netty would make Java 24 and later warn on the terminal.
    System.setProperty("io.netty.noUnsafe", "true");
    Terminal terminal = new Terminal(System.out);
    int exitCode = 0;
    try {
      run(Settings.read(), terminal);
    } catch (Exception e) {
      terminal.complain(e);
      exitCode = 1;
    }
    System.exit(exitCode);
  }

  private static void run(Settings settings, Terminal terminal) throws Exception {
    if (!settings.needsSimulator()) {
      talk(settings, terminal);
      return;
    }
    SimulatorOptions options = SimulatorOptions.defaults().withPaceFactor(settings.pace());
    try (Simulator simulator = Simulator.start(options)) {
      terminal.say(
          "HOLYSHEEP_API_KEY is not set: a simulator on this machine answers, with made-up text.");
      talk(settings.to(simulator.baseUrl(), "any-key"), terminal);
    }
  }

  private static void talk(Settings settings, Terminal terminal) throws Exception {
    try (Talk talk = Talk.begin(settings, terminal)) {
      if (settings.typed()) {
        talk.typed(System.in);
      } else {
        talk.prepared();
      }
    }
  }
}
