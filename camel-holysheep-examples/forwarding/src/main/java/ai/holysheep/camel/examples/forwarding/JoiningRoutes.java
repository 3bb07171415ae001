package ai.holysheep.camel.examples.forwarding;

import ai.holysheep.camel.HolySheepAggregationStrategy;
import ai.holysheep.camel.HolySheepStreamId;
import java.util.concurrent.BlockingQueue;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** The other side, which has no key and asks nobody: parts come in, whole answers go out. */
final class JoiningRoutes extends RouteBuilder {

  private final BlockingQueue<Exchange> answers;

  JoiningRoutes(BlockingQueue<Exchange> answers) {
    this.answers = answers;
  }

  @Override
  public void configure() {
    from("kafka:tokens?brokers={{kafka}}&groupId=joiners&autoOffsetReset=earliest")
        .aggregate(new HolySheepStreamId(), new HolySheepAggregationStrategy())
        .completionTimeout(10_000)
        .process(answers::add);

    // Several consumers overtake each other; the answer is in order all the same.
    from("jms:queue:tokens?concurrentConsumers=4")
        .aggregate(new HolySheepStreamId(), new HolySheepAggregationStrategy())
        .completionTimeout(10_000)
        .process(answers::add);
  }
}
