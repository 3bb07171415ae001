package ai.holysheep.camel.benchmarks.ways;

import ai.holysheep.camel.benchmarks.reading.StreamCheck;
import ai.holysheep.camel.benchmarks.reading.Target;
import java.util.Map;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** A Camel context for one run, with a route that is asked for answers at {@code direct:ask}. */
final class Routes implements AutoCloseable {

  /** The property of an exchange, and so of its parts, that holds the check of its answer. */
  static final String CHECK = "check";

  private final DefaultCamelContext context = new DefaultCamelContext();
  private final Endpoint ask;
  private final AsyncProducer asking;

  Routes(RouteBuilder... routes) throws Exception {
    this(Map.of(), routes);
  }

  /**
   * @param beans what is in the registry, by name
   */
  Routes(Map<String, Object> beans, RouteBuilder... routes) throws Exception {
    beans.forEach(context.getRegistry()::bind);
    context.getShutdownStrategy().setTimeout(5);
    for (RouteBuilder route : routes) {
      context.addRoutes(route);
    }
    context.start();
    ask = context.getEndpoint("direct:ask");
    asking = ask.createAsyncProducer();
    asking.start();
  }

  static StreamCheck check(Exchange exchange) {
    return exchange.getProperty(CHECK, StreamCheck.class);
  }

  /** Asks and waits for the end of the route. */
  void ask(StreamCheck check) throws Exception {
    Exchange exchange = exchange(check);
    asking.process(exchange);
    tellEnd(exchange);
  }

  /** Asks and returns. */
  void askAndGoOn(StreamCheck check) {
    Exchange exchange = exchange(check);
    AsyncCallback tellEnd = doneSync -> tellEnd(exchange);
    asking.process(exchange, tellEnd);
  }

  /**
   * Asks with a header, and returns.
   *
   * @param over run before the check is told of the end
   */
  void askAndGoOn(StreamCheck check, String header, Object value, Runnable over) {
    Exchange exchange = exchange(check);
    exchange.getMessage().setHeader(header, value);
    AsyncCallback tellEnd =
        doneSync -> {
          over.run();
          tellEnd(exchange);
        };
    asking.process(exchange, tellEnd);
  }

  private Exchange exchange(StreamCheck check) {
    Exchange exchange = ask.createExchange();
    exchange.getMessage().setBody(Target.PROMPT);
    exchange.setProperty(CHECK, check);
    return exchange;
  }

  private static void tellEnd(Exchange exchange) {
    if (exchange.getException() == null) {
      check(exchange).ended();
    } else {
      check(exchange).failed(exchange.getException());
    }
  }

  @Override
  public void close() {
    context.stop();
  }
}
