package ai.holysheep.camel.examples.forwarding;

import ai.holysheep.camel.HolySheepConstants;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kafka.KafkaConstants;

/** The side that asks: each part of an answer is sent off when it arrives. */
final class AskingRoutes extends RouteBuilder {

  @Override
  public void configure() {
    errorHandler(noErrorHandler());

    // The key puts all parts of a stream into one partition, where they stay in order.
    from("direct:kafka")
        .to("holysheep:chat?model={{model}}&stream=true&bodyFormat=json")
        .split(body())
        .streaming()
        .stopOnException()
        .setHeader(KafkaConstants.KEY, header(HolySheepConstants.STREAM_ID))
        .to("kafka:tokens?brokers={{kafka}}");

    from("direct:jms")
        .to("holysheep:chat?model={{model}}&stream=true&bodyFormat=json")
        .split(body())
        .streaming()
        .stopOnException()
        .to("jms:queue:tokens");
  }
}
