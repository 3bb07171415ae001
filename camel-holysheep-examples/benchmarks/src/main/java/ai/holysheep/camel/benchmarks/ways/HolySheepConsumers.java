package ai.holysheep.camel.benchmarks.ways;

import ai.holysheep.camel.benchmarks.load.StreamCheck;
import ai.holysheep.camel.benchmarks.load.Target;
import ai.holysheep.camel.benchmarks.load.Way;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

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
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from(endpoint)
                .routeId(id)
                .process(
                    part -> {
                      HolySheep.tell(check, part.getMessage());
                      if (!(part.getMessage().getBody() instanceof String)) {
                        end.countDown();
                      }
                    });
          }
        });
    end.await();
    check.ended();
    context.getRouteController().stopRoute(id);
    context.removeRoute(id);
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
