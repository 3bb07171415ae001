package ai.holysheep.camel.benchmarks.ways;

import ai.holysheep.camel.HolySheepConstants;
import ai.holysheep.camel.benchmarks.reading.StreamCheck;
import ai.holysheep.camel.benchmarks.reading.Target;
import ai.holysheep.camel.benchmarks.reading.Way;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteBuilder;

/**
 * Answers are turns of agent sessions over WebSockets, whose parts go to another route as they
 * come. There are as many sessions as answers at a time.
 */
final class HolySheepAgent implements Way {

  private final Routes routes;
  private final Queue<String> free = new ConcurrentLinkedQueue<>();
  private final AtomicInteger sessionCount = new AtomicInteger();

  HolySheepAgent(Target target) throws Exception {
    String agent =
        "holysheep:agent?transport=websocket&maxTurns=1&streamTo=direct:part&model=%s&baseUrl=%s&apiKey=%s"
            .formatted(target.model(), target.baseUrl(), Target.API_KEY);
    routes =
        new Routes(
            new RouteBuilder() {
              @Override
              public void configure() {
                from("direct:ask").to(agent);
                from("direct:part").process(HolySheep::tell);
              }
            });
  }

  @Override
  public void read(StreamCheck check) {
    String known = free.poll();
    String session = known == null ? "session-" + sessionCount.incrementAndGet() : known;
    routes.askAndGoOn(check, HolySheepConstants.SESSION_ID, session, () -> free.add(session));
  }

  @Override
  public boolean isWaiting() {
    return false;
  }

  @Override
  public void close() {
    routes.close();
  }
}
