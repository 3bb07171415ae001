package ai.holysheep.camel.examples.models;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.builder.RouteBuilder;

/**
 * Asks the model of the message's headers, and records when each part of the answer comes. The
 * recording is a property of the exchange. A call is never tried again: a run that fails must not
 * look like a slow one.
 */
final class MeasuringRoute extends RouteBuilder {

  static final String RECORDING = "recording";

  @Override
  public void configure() {
    errorHandler(noErrorHandler());

    from("direct:measure-sse")
        .process(exchange -> recording(exchange).asked())
        .to("holysheep:chat?stream=true&maxReconnects=0")
        .to("direct:record");

    from("direct:measure-websocket")
        .process(exchange -> recording(exchange).asked())
        .to(ExchangePattern.InOut, "holysheep:agent?transport=websocket&maxReconnects=0&maxTurns=1")
        .to("direct:record");

    from("direct:close").to("holysheep:agent?clientEvent=close");

    from("direct:record")
        .split(body())
        .streaming()
        .stopOnException()
        .process(exchange -> recording(exchange).arrived(exchange.getMessage()));
  }

  private static Recording recording(Exchange exchange) {
    return exchange.getProperty(RECORDING, Recording.class);
  }
}
