package ai.holysheep.camel.examples.forwarding;

import ai.holysheep.camel.HolySheepConstants;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kafka.KafkaConstants;

/** The side that asks: each part of an answer is sent off when it arrives. */
final class AskingRoutes extends RouteBuilder {

  @Override
  public void configure() {
    errorHandler(noErrorHandler());

    // begin: push-kafka
    // The key puts all parts of a stream into one partition, where they stay in order.
    from("direct:kafka")
        .to("holysheep:chat?model={{model}}&bodyFormat=json&streamTo=direct:tokens");

    from("direct:tokens")
        .setHeader(KafkaConstants.KEY, header(HolySheepConstants.STREAM_ID))
        .to("kafka:tokens?brokers={{kafka}}");
    // end: push-kafka

    // begin: push-jms
    from("direct:jms")
        .to("holysheep:chat?model={{model}}&bodyFormat=json&streamTo=jms:queue:tokens");
    // end: push-jms
  }
}
