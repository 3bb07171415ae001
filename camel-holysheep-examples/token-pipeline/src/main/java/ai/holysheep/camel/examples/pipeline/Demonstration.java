package ai.holysheep.camel.examples.pipeline;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.springframework.jms.connection.CachingConnectionFactory;

/** Whoever is around the pipeline: sends prompts, and reads what comes out of it. */
final class Demonstration implements AutoCloseable {

  private static final long LONGEST_SECONDS = 120;
  private static final String REFUSED = "[[status=400]]This one is refused.";
  private static final List<String> PROMPTS =
      List.of(
          "What is Apache Camel good for?", "Why do people count sheep?", "What is backpressure?");

  private final Settings settings;
  private final PrintStream out;
  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> failures = new LinkedBlockingQueue<>();
  private final AtomicInteger parts = new AtomicInteger();

  Demonstration(Settings settings, PrintStream out) throws Exception {
    this.settings = settings;
    this.out = out;
    camel
        .getPropertiesComponent()
        .addInitialProperty("kafka", Objects.requireNonNull(settings.kafka()));
    camel.addComponent(
        "jms",
        JmsComponent.jmsComponentAutoAcknowledge(
            new CachingConnectionFactory(new ActiveMQConnectionFactory(settings.jms()))));
    camel.addRoutes(new Reading());
    camel.start();
  }

  /**
   * Sends prompts, and waits for what becomes of them.
   *
   * @param simulated whether one is sent that the simulator is told to refuse
   * @return whether all came through
   */
  boolean run(boolean simulated) throws InterruptedException {
    List<String> prompts = new ArrayList<>(PROMPTS);
    if (simulated) {
      prompts.add(1, REFUSED);
    }
    ProducerTemplate template = camel.createProducerTemplate();
    for (String prompt : prompts) {
      template.sendBody("kafka:prompts?brokers={{kafka}}", prompt);
    }
    out.printf("%d prompts are on the topic 'prompts'.%n", prompts.size());
    boolean all = show(answers, PROMPTS.size(), "From the queue 'answers': ");
    if (simulated) {
      all &= show(failures, 1, "From the topic 'prompts.failed': ");
    }
    out.printf(
        "%n%d parts came through the topic 'tokens'; the answers are also in %s.%n",
        parts.get(), settings.folder());
    return all;
  }

  private boolean show(BlockingQueue<String> from, int count, String where)
      throws InterruptedException {
    for (int i = 0; i < count; i++) {
      String text = from.poll(LONGEST_SECONDS, TimeUnit.SECONDS);
      if (text == null) {
        out.println(
            "Nothing came for two minutes. To see why, add"
                + " -Dorg.slf4j.simpleLogger.log.org.apache.camel=warn");
        return false;
      }
      out.printf("%n%s%s%n", where, text);
    }
    return true;
  }

  private final class Reading extends RouteBuilder {

    @Override
    public void configure() {
      from("kafka:tokens?brokers={{kafka}}&groupId=demonstration&autoOffsetReset=earliest")
          .process(part -> parts.incrementAndGet());
      from("jms:queue:answers")
          .process(answer -> answers.add(answer.getMessage().getBody(String.class)));
      from("kafka:prompts.failed?brokers={{kafka}}&groupId=demonstration&autoOffsetReset=earliest")
          .process(
              failed ->
                  failures.add(
                      failed.getMessage().getBody(String.class)
                          + "\n"
                          + failed.getMessage().getHeader("reason", String.class)));
    }
  }

  @Override
  public void close() {
    camel.stop();
  }
}
