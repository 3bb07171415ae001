package ai.holysheep.camel.examples.pipeline;

import ai.holysheep.camel.examples.brokers.JmsBroker;
import ai.holysheep.camel.examples.brokers.KafkaBroker;
import ai.holysheep.camel.simulator.Simulator;
import ai.holysheep.camel.simulator.SimulatorOptions;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Sends some prompts through the pipeline, and shows what becomes of them. */
public final class TokenPipeline {

  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private final Deque<AutoCloseable> started = new ArrayDeque<>();

  private TokenPipeline() {}

  /**
   * Starts what is not there, sends, shows, and ends.
   *
   * @param args not used
   */
  public static void main(String[] args) {
    // Netty would make Java 24 and later warn on the terminal.
    System.setProperty("io.netty.noUnsafe", "true");
    int exitCode;
    TokenPipeline pipeline = new TokenPipeline();
    try {
      exitCode = pipeline.run(Settings.read()) ? 0 : 1;
    } catch (Exception e) {
      OUT.println(Words.of(e));
      exitCode = 1;
    }
    pipeline.stop();
    // Kafka leaves a thread or two behind.
    System.exit(exitCode);
  }

  private boolean run(Settings wanted) throws Exception {
    Settings settings = wanted;
    if (settings.needsSimulator()) {
      OUT.println("HOLYSHEEP_API_KEY is not set: a simulator answers, with made-up text.");
      Simulator simulator =
          start(() -> Simulator.start(SimulatorOptions.defaults().withPaceFactor(wanted.pace())));
      settings = settings.asking(simulator.baseUrl(), "any-key");
    }
    if (settings.kafka() == null) {
      // A new Kafka counts its prompts from 0 again, and answers are named by that.
      settings = settings.within(String.valueOf(Instant.now().getEpochSecond()));
    }
    settings = settings.through(kafka(settings.kafka()), jms(settings.jms()));
    boolean simulated = wanted.needsSimulator();
    Settings all = settings;
    start(() -> Pipeline.start(all));
    Demonstration demonstration = start(() -> new Demonstration(all, OUT));
    return demonstration.run(simulated);
  }

  private String kafka(@Nullable String address) throws Exception {
    if (address != null) {
      return address;
    }
    OUT.println("Kafka starts in this process.");
    return start(KafkaBroker::new).address();
  }

  private String jms(@Nullable String address) throws Exception {
    if (address != null) {
      return address;
    }
    OUT.println("Artemis starts in this process.");
    return start(JmsBroker::new).address();
  }

  private <T extends AutoCloseable> T start(Callable<T> what) throws Exception {
    T running = what.call();
    started.push(running);
    return running;
  }

  /** In the opposite order. */
  private void stop() {
    while (!started.isEmpty()) {
      try {
        started.pop().close();
      } catch (Exception e) {
        OUT.println(Words.of(e));
      }
    }
  }
}
