package ai.holysheep.camel.examples.gateway;

import ai.holysheep.camel.examples.gateway.GatewaySettings.Access;
import ai.holysheep.camel.examples.gateway.GatewaySettings.Limits;
import ai.holysheep.camel.examples.gateway.GatewaySettings.ModelServer;
import ai.holysheep.camel.simulator.Simulator;
import ai.holysheep.camel.simulator.SimulatorOptions;
import java.time.Duration;
import java.util.List;

/** A gateway on a free port, with a simulator behind it. Whoever starts it closes it. */
public final class RunningGateway implements AutoCloseable {

  /** The one model that answers by directives as any other does. */
  public static final String MODEL = "deepseek-v3.2";

  private final Simulator simulator;
  private final Gateway gateway;

  private RunningGateway(Simulator simulator, Access access, Limits limits) throws Exception {
    this.simulator = simulator;
    ModelServer model = ModelServer.simulator(simulator.baseUrl(), List.of(MODEL, "gpt-4.1"));
    gateway = Gateway.start(new GatewaySettings("127.0.0.1", 0, model, access, limits));
  }

  /** With usual settings, and a simulator that answers at once. */
  public static RunningGateway start() throws Exception {
    return start(Access.usual(), Limits.usual(), 0);
  }

  /**
   * Starts one.
   *
   * @param pace multiplies the simulator's delays
   */
  public static RunningGateway start(Access access, Limits limits, double pace) throws Exception {
    Simulator simulator = Simulator.start(SimulatorOptions.defaults().withPaceFactor(pace));
    try {
      return new RunningGateway(simulator, access, limits);
    } catch (Exception e) {
      simulator.close();
      throw e;
    }
  }

  /** The usual limits, but for these. */
  public static Limits limits(int streamsOfClient, int streams, Duration patience) {
    Limits usual = Limits.usual();
    return new Limits(
        usual.bodyBytes(),
        usual.conversationCharacters(),
        streamsOfClient,
        streams,
        patience,
        usual.silence());
  }

  public String url() {
    return gateway.url();
  }

  public Simulator simulator() {
    return simulator;
  }

  /** How many answers are kept for pages. */
  public int answers() {
    return gateway.answers();
  }

  /** How many streams are under way, by the places that they take. */
  public int takenPlaces() {
    return gateway.takenPlaces();
  }

  @Override
  public void close() {
    gateway.close();
    simulator.close();
  }
}
