package ai.holysheep.camel.simulator;

import org.jspecify.annotations.Nullable;

/**
 * What a simulator is started with. Immutable; every {@code with} method returns a changed copy.
 *
 * @param port the TCP port on 127.0.0.1, 0 to 65535; 0 takes a free one. Default 0.
 * @param paceFactor multiplies every delay: 1 is the published pace, 0.1 is ten times as fast, 2 is
 *     half as fast, 0 answers at once. From 0 to 1,000. Default 1.
 * @param apiKey the only key accepted; null accepts any key that is not empty. Default null.
 * @param eventLoops the number of threads that serve connections, 1 to 64. Default 1.
 * @param agentOffer how the sockets of agent sessions are offered; null if there are none, so that
 *     such requests are answered like any other. Default {@link AgentOffer#usual()}.
 */
public record SimulatorOptions(
    int port,
    double paceFactor,
    @Nullable String apiKey,
    int eventLoops,
    @Nullable AgentOffer agentOffer) {

  private static final int MAX_PORT = 65_535;
  private static final double MAX_PACE_FACTOR = 1_000;
  private static final int MAX_EVENT_LOOPS = 64;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is outside its range, or the key is blank
   */
  public SimulatorOptions {
    require(port >= 0 && port <= MAX_PORT, "port must be 0 to 65535, not " + port);
    // Written so that NaN is refused too.
    require(
        paceFactor >= 0 && paceFactor <= MAX_PACE_FACTOR,
        "paceFactor must be 0 to 1000, not " + paceFactor);
    require(apiKey == null || !apiKey.isBlank(), "apiKey must not be blank; null accepts any key");
    require(
        eventLoops >= 1 && eventLoops <= MAX_EVENT_LOOPS,
        "eventLoops must be 1 to 64, not " + eventLoops);
  }

  /**
   * A free port, the published pace, any key, one event loop, sockets for agent sessions.
   *
   * @return the default options
   */
  public static SimulatorOptions defaults() {
    return new SimulatorOptions(0, 1, null, 1, AgentOffer.usual());
  }

  /**
   * Changes the port.
   *
   * @param newPort 0 to 65535; 0 takes a free one
   * @return a changed copy
   */
  public SimulatorOptions withPort(int newPort) {
    return new SimulatorOptions(newPort, paceFactor, apiKey, eventLoops, agentOffer);
  }

  /**
   * Changes the factor that multiplies every delay.
   *
   * @param newPaceFactor 1 is the published pace, 0.1 is ten times as fast, 0 is at once
   * @return a changed copy
   */
  public SimulatorOptions withPaceFactor(double newPaceFactor) {
    return new SimulatorOptions(port, newPaceFactor, apiKey, eventLoops, agentOffer);
  }

  /**
   * Changes the key.
   *
   * @param newApiKey the only key accepted, or null for any
   * @return a changed copy
   */
  public SimulatorOptions withApiKey(@Nullable String newApiKey) {
    return new SimulatorOptions(port, paceFactor, newApiKey, eventLoops, agentOffer);
  }

  /**
   * Changes the number of threads that serve connections.
   *
   * @param newEventLoops 1 to 64
   * @return a changed copy
   */
  public SimulatorOptions withEventLoops(int newEventLoops) {
    return new SimulatorOptions(port, paceFactor, apiKey, newEventLoops, agentOffer);
  }

  /**
   * Has sockets for agent sessions, or none.
   *
   * @param offered true for {@link AgentOffer#usual()}, false for none
   * @return a changed copy
   */
  public SimulatorOptions withAgentSocket(boolean offered) {
    return new SimulatorOptions(
        port, paceFactor, apiKey, eventLoops, offered ? AgentOffer.usual() : null);
  }

  /**
   * Has sockets for agent sessions.
   *
   * @param newAgentOffer how they are offered
   * @return a changed copy
   */
  public SimulatorOptions withAgentOffer(AgentOffer newAgentOffer) {
    return new SimulatorOptions(port, paceFactor, apiKey, eventLoops, newAgentOffer);
  }

  /** Leaves the key out. */
  @Override
  public String toString() {
    return "SimulatorOptions[port=%s, paceFactor=%s, apiKey=%s, eventLoops=%s, agentOffer=%s]"
        .formatted(port, paceFactor, apiKey == null ? "any" : "set", eventLoops, agentOffer);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
