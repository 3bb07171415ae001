package ai.holysheep.camel.examples.pipeline;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** The pipeline alone, as it is deployed: with brokers that are there, until it is stopped. */
public final class PipelineMain {

  /** What it prints when prompts are read. */
  static final String READY = "The pipeline runs.";

  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private PipelineMain() {}

  /**
   * Runs it.
   *
   * @param args not used; the system properties {@code kafka} and {@code jms} say where the brokers
   *     are
   */
  public static void main(String[] args) {
    System.setProperty("io.netty.noUnsafe", "true");
    // Prompts that have to be asked again are worth a line.
    System.setProperty("org.slf4j.simpleLogger.log.org.apache.camel", "warn");
    System.setProperty("org.slf4j.simpleLogger.log.ai.holysheep", "warn");
    try {
      Settings settings = Settings.read();
      if (settings.kafka() == null || settings.jms() == null) {
        throw new IllegalArgumentException(
            "Say where the brokers are: -Dkafka=host:port -Djms=tcp://host:port");
      }
      Pipeline pipeline = Pipeline.start(settings);
      Runtime.getRuntime().addShutdownHook(new Thread(pipeline::close, "stop"));
      OUT.println(READY);
      new CountDownLatch(1).await();
    } catch (Exception e) {
      OUT.println(Words.of(e));
      System.exit(1);
    }
  }
}
