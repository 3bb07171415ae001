package ai.holysheep.camel.benchmarks.ways;

import ai.holysheep.camel.benchmarks.reading.StreamCheck;
import ai.holysheep.camel.benchmarks.reading.Target;
import ai.holysheep.camel.benchmarks.reading.Way;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.ExceptionHandler;

/** A consumer for each answer, which asks once and routes what comes. */
final class HolySheepConsumers implements Way {

  private final DefaultCamelContext context = new DefaultCamelContext();
  private final AtomicInteger asked = new AtomicInteger();
  private final String endpoint;

  HolySheepConsumers(Target target) {
    context.getShutdownStrategy().setTimeout(5);
    context.start();
    endpoint =
        HolySheep.chat(target, "stream=true&prompt=RAW(%s)".formatted(Target.PROMPT))
            + "&initialDelay=0&repeatCount=1";
  }

  @Override
  public void read(StreamCheck check) throws Exception {
    String id = "answer-" + asked.incrementAndGet();
    CountDownLatch end = new CountDownLatch(1);
    // Bound under a name of its own, it makes an endpoint of its own too.
    context.getRegistry().bind(id, new Failing(check, end));
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from(endpoint + "&exceptionHandler=#bean:" + id)
                .routeId(id)
                .process(part -> tell(check, part.getMessage(), end));
          }
        });
    end.await();
    check.ended();
    context.getRouteController().stopRoute(id);
    context.removeRoute(id);
    context.getRegistry().unbind(id);
  }

  private static void tell(StreamCheck check, Message part, CountDownLatch end) {
    HolySheep.tell(check, part);
    if (!(part.getBody() instanceof String)) {
      end.countDown();
    }
  }

  /** Told when an answer was refused. */
  private record Failing(StreamCheck check, CountDownLatch end) implements ExceptionHandler {

    @Override
    public void handleException(Throwable exception) {
      check.failed(exception);
      end.countDown();
    }

    @Override
    public void handleException(String message, Throwable exception) {
      handleException(exception);
    }

    @Override
    public void handleException(String message, Exchange exchange, Throwable exception) {
      handleException(exception);
    }
  }

  @Override
  public boolean isWaiting() {
    return true;
  }

  @Override
  public void close() {
    context.stop();
  }
}
