package ai.holysheep.camel.examples.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/** The topics of the pipeline. */
final class Topics {

  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final int PARTITIONS = 3;
  private static final List<String> NAMES =
      List.of("prompts", "prompts.failed", "tokens", "answers");

  private Topics() {}

  /**
   * Makes those that are not there.
   *
   * @throws IllegalStateException when Kafka cannot be reached
   */
  static void create(String kafka) throws InterruptedException {
    Map<String, Object> where =
        Map.of(
            "bootstrap.servers",
            kafka,
            "default.api.timeout.ms",
            (int) LONGEST.toMillis(),
            "request.timeout.ms",
            (int) LONGEST.toMillis() / 2);
    try (Admin admin = Admin.create(where)) {
      for (String name : NAMES) {
        create(admin, name);
      }
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("Kafka cannot be reached at " + kafka + ".");
    }
  }

  private static void create(Admin admin, String name)
      throws InterruptedException, ExecutionException, TimeoutException {
    NewTopic topic = new NewTopic(name, PARTITIONS, (short) 1);
    try {
      admin.createTopics(Set.of(topic)).all().get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
  }
}
