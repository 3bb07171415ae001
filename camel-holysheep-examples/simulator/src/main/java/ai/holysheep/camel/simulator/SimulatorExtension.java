package ai.holysheep.camel.simulator;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Runs one simulator for the tests of a class, its nested classes included, and gives it to every
 * parameter of type {@link Simulator}. Use it with {@code @ExtendWith(SimulatorExtension.class)},
 * or with {@code @RegisterExtension} on a static field.
 */
public final class SimulatorExtension
    implements BeforeAllCallback, AfterAllCallback, ParameterResolver {

  private final SimulatorOptions options;

  // Nested classes report their begin and end too; only the outermost counts.
  private int depth;
  private @Nullable Simulator simulator;

  /** A simulator that answers at once, as tests mostly want it, and accepts any key. */
  public SimulatorExtension() {
    this(SimulatorOptions.defaults().withPaceFactor(0));
  }

  /**
   * A simulator of the caller's making.
   *
   * @param options what it is started with
   */
  public SimulatorExtension(SimulatorOptions options) {
    this.options = options;
  }

  /**
   * The running simulator.
   *
   * @return the same one during all tests of the class
   * @throws IllegalStateException before the first test and after the last
   */
  public synchronized Simulator simulator() {
    if (simulator == null) {
      throw new IllegalStateException("The simulator runs only during the tests of its class");
    }
    return simulator;
  }

  /**
   * The address of the running simulator.
   *
   * @return see {@link Simulator#baseUrl()}
   * @throws IllegalStateException before the first test and after the last
   */
  public String baseUrl() {
    return simulator().baseUrl();
  }

  @Override
  public synchronized void beforeAll(ExtensionContext context) {
    if (depth == 0) {
      simulator = Simulator.start(options);
    }
    depth++;
  }

  @Override
  public synchronized void afterAll(ExtensionContext context) {
    depth--;
    if (depth == 0 && simulator != null) {
      simulator.close();
      simulator = null;
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Simulator.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return simulator();
  }
}
