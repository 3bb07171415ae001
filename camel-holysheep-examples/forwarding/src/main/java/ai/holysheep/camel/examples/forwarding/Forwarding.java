package ai.holysheep.camel.examples.forwarding;

import static ai.holysheep.camel.HolySheepConstants.CHUNK_COUNT;
import static ai.holysheep.camel.HolySheepConstants.COMPLETE;
import static ai.holysheep.camel.HolySheepConstants.COMPLETION_TOKENS;
import static ai.holysheep.camel.HolySheepConstants.RESPONSE_MODEL;

import ai.holysheep.camel.HolySheepComponent;
import ai.holysheep.camel.examples.brokers.JmsBroker;
import ai.holysheep.camel.examples.brokers.KafkaBroker;
import ai.holysheep.camel.simulator.Simulator;
import ai.holysheep.camel.simulator.SimulatorOptions;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import org.springframework.jms.connection.CachingConnectionFactory;

/**
 * Sends the parts of two answers through two brokers, and shows what comes out at the other end.
 */
public final class Forwarding {

  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private static final String PROMPT = "What is Apache Camel good for?";

  private Forwarding() {}

  /**
   * Starts everything, asks, and ends.
   *
   * @param args not used
   */
  public static void main(String[] args) {
    // Netty would make Java 24 and later warn on the terminal.
    System.setProperty("io.netty.noUnsafe", "true");
    int exitCode = 0;
    try {
      run();
    } catch (Exception e) {
      OUT.println(e.getMessage());
      exitCode = 1;
    }
    // Kafka leaves a thread or two behind.
    System.exit(exitCode);
  }

  private static void run() throws Exception {
    BlockingQueue<Exchange> answers = new LinkedBlockingQueue<>();
    OUT.println("Kafka and Artemis start in this process; a simulator answers, with made-up text.");
    SimulatorOptions fast = SimulatorOptions.defaults().withPaceFactor(0.2);
    try (Simulator simulator = Simulator.start(fast);
        KafkaBroker kafka = new KafkaBroker();
        JmsBroker jms = new JmsBroker();
        DefaultCamelContext joining = context(kafka, jms, new JoiningRoutes(answers), null);
        DefaultCamelContext asking = context(kafka, jms, new AskingRoutes(), simulator.baseUrl())) {
      joining.start();
      asking.start();
      for (String way : List.of("kafka", "jms")) {
        asking.createProducerTemplate().sendBody("direct:" + way, PROMPT);
        show(way, answers.poll(20, TimeUnit.SECONDS));
      }
    }
  }

  /** A Camel context that knows the brokers, and the server where it asks one. */
  static DefaultCamelContext context(
      KafkaBroker kafka, JmsBroker jms, RouteBuilder routes, @Nullable String baseUrl)
      throws Exception {
    DefaultCamelContext context = new DefaultCamelContext();
    context.addComponent("jms", jms(jms));
    context.getPropertiesComponent().addInitialProperty("kafka", kafka.address());
    context.getPropertiesComponent().addInitialProperty("model", "deepseek-v3.2");
    if (baseUrl != null) {
      HolySheepComponent holySheep = context.getComponent("holysheep", HolySheepComponent.class);
      holySheep.getConfiguration().setBaseUrl(baseUrl);
      holySheep.getConfiguration().setApiKey("any-key");
    }
    context.addRoutes(routes);
    return context;
  }

  private static JmsComponent jms(JmsBroker broker) {
    return JmsComponent.jmsComponentAutoAcknowledge(
        new CachingConnectionFactory(broker.connections()));
  }

  private static void show(String way, @Nullable Exchange joined) {
    if (joined == null) {
      throw new IllegalStateException("No answer came through " + way + ".");
    }
    Message answer = joined.getMessage();
    OUT.printf(
        "%nThrough %s came %s parts and the usage, joined again to (whole: %s)%n%n%s%n%n%s, %s tokens%n",
        way,
        answer.getHeader(CHUNK_COUNT),
        answer.getHeader(COMPLETE),
        answer.getBody(String.class),
        answer.getHeader(RESPONSE_MODEL),
        answer.getHeader(COMPLETION_TOKENS));
  }
}
