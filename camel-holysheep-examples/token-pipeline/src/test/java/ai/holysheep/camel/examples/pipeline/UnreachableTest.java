package ai.holysheep.camel.examples.pipeline;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.holysheep.camel.examples.brokers.KafkaBroker;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that is not there is said at once, and not waited for. */
class UnreachableTest {

  private static final String NOBODY = "127.0.0.1:1";

  @TempDir private Path folder;

  private Settings settings(String kafka, String jms) {
    return new Settings(kafka, jms, folder, "deepseek-v3.2", null, null, 1);
  }

  @Test
  void kafkaIsNamed() {
    assertThatThrownBy(() -> Pipeline.start(settings(NOBODY, "tcp://" + NOBODY)))
        .hasMessage("Kafka cannot be reached at 127.0.0.1:1.");
  }

  @Test
  void artemisIsNamed() throws Exception {
    try (KafkaBroker kafka = new KafkaBroker()) {
      assertThatThrownBy(() -> Pipeline.start(settings(kafka.address(), "tcp://" + NOBODY)))
          .hasMessageStartingWith("Artemis cannot be reached at tcp://127.0.0.1:1: ");
    }
  }
}
