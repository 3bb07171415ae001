package ai.holysheep.camel.examples.pipeline;

import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.consumer.KafkaManualCommit;

/** Tells Kafka that a record is done, from the thread that has read it. */
public final class Offsets {

  /** Commits the record that the exchange is about. */
  public void commit(Exchange exchange) {
    of(exchange).commit();
  }

  /** What commits the record that the exchange is about. */
  static KafkaManualCommit of(Exchange exchange) {
    return Objects.requireNonNull(
        exchange.getMessage().getHeader(KafkaConstants.MANUAL_COMMIT, KafkaManualCommit.class),
        "The route must begin at kafka with allowManualCommit=true");
  }
}
