package ai.holysheep.camel.soak;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** Routes that ask, and do what routes do with streams. */
final class SoakRoutes extends RouteBuilder {

  private static final int FAILING_PART = 3;

  private final String ask;

  SoakRoutes(String baseUrl) {
    this.ask =
        "holysheep:chat?model=m&stream=true&apiKey=key-1&reconnectDelay=0&baseUrl="
            + baseUrl
            + "&maxResponseBytes="
            + Long.MAX_VALUE;
  }

  @Override
  public void configure() {
    errorHandler(noErrorHandler());
    from("direct:ask").to(ask + "&maxReconnects=0");
    from("direct:ask-briefly").to(ask + "&maxReconnects=0&firstTokenTimeout=20");
    from("direct:ask-again").to(ask + "&maxReconnects=2");
    from("direct:ask-and-restart").to(ask + "&maxReconnects=2&recovery=restart");
    from("direct:fail").to("direct:ask").process(exchange -> fail());
    from("direct:redelivered")
        .errorHandler(defaultErrorHandler().maximumRedeliveries(2).redeliveryDelay(0))
        .to(ask + "&maxReconnects=0");
    from("direct:split")
        .to("direct:ask")
        .split(body(), SoakRoutes::countUsages)
        .streaming()
        .setHeader("routed", constant(true));
    from("direct:split-and-fail")
        .to("direct:ask")
        .split(body())
        .streaming()
        .stopOnException()
        .process(SoakRoutes::failAtAPart);
    from("direct:split-and-fail-again")
        .errorHandler(defaultErrorHandler().maximumRedeliveries(2).redeliveryDelay(0))
        .to("direct:ask")
        .split(body())
        .streaming()
        .stopOnException()
        .process(SoakRoutes::failAtAPart);
  }

  private static void failAtAPart(Exchange part) {
    if (part.getProperty(Exchange.SPLIT_INDEX, Integer.class) >= FAILING_PART) {
      fail();
    }
  }

  private static void fail() {
    throw new IllegalStateException("the route fails");
  }

  /** The parts become their last one, which knows how many there were of its kind. */
  private static Exchange countUsages(Exchange earlier, Exchange part) {
    int count = earlier == null ? 0 : earlier.getProperty("usages", Integer.class);
    boolean usage = "usage".equals(part.getMessage().getHeader("CamelHolySheepEventType"));
    part.setProperty("usages", usage ? count + 1 : count);
    return part;
  }
}
