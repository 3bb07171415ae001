package ai.holysheep.camel.benchmarks.micro;

import ai.holysheep.camel.simulator.load.LoadServer;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** A route that reads the answers of a load server in this process, part by part. */
final class ChatRoute implements AutoCloseable {

  /** How parts come to their route. */
  enum Kind {
    /** By a split over the body. */
    PULL(""),
    /** By the option streamTo. */
    PUSH("&streamTo=direct:part"),
    /** By the option streamTo, on the threads that read. */
    PUSH_WITHOUT_POOL("&streamTo=direct:part&useWorkerPool=false");

    private final String options;

    Kind(String options) {
      this.options = options;
    }
  }

  private final LoadServer server = LoadServer.start(0);
  private final DefaultCamelContext context = new DefaultCamelContext();
  private final AtomicInteger parts = new AtomicInteger();
  private final Endpoint ask;
  private final AsyncProducer asking;
  private final int tokens;

  /**
   * @param tokens how many each answer has
   */
  ChatRoute(Kind kind, int tokens) throws Exception {
    this.tokens = tokens;
    String chat =
        "holysheep:chat?stream=true&apiKey=benchmark&baseUrl=%s&model=load-%s-0%s"
            .formatted(server.baseUrl(), tokens, kind.options);
    context.getShutdownStrategy().setTimeout(5);
    context.addRoutes(kind == Kind.PULL ? splitting(chat) : pushing(chat));
    context.start();
    ask = context.getEndpoint("direct:ask");
    asking = ask.createAsyncProducer();
    asking.start();
  }

  private RouteBuilder splitting(String chat) {
    return new RouteBuilder() {
      @Override
      public void configure() {
        from("direct:ask").to(chat).split(body()).streaming().process(ChatRoute.this::count);
      }
    };
  }

  private RouteBuilder pushing(String chat) {
    return new RouteBuilder() {
      @Override
      public void configure() {
        from("direct:ask").to(chat);
        from("direct:part").process(ChatRoute.this::count);
      }
    };
  }

  private void count(Exchange part) {
    if (part.getMessage().getBody() instanceof String) {
      parts.incrementAndGet();
    }
  }

  /**
   * Asks for one answer and waits for its end.
   *
   * @throws Exception when it did not come to its end, or had other parts than it should
   */
  void readAnswer() throws Exception {
    parts.set(0);
    Exchange exchange = ask.createExchange();
    exchange.getMessage().setBody("Say something.");
    asking.process(exchange);
    if (exchange.getException() != null) {
      throw exchange.getException();
    }
    if (parts.get() != tokens) {
      throw new IllegalStateException(parts.get() + " parts came instead of " + tokens);
    }
  }

  @Override
  public void close() {
    context.stop();
    server.close();
  }
}
