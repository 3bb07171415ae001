package ai.holysheep.camel.benchmarks.ways;

import ai.holysheep.camel.benchmarks.reading.StreamCheck;
import ai.holysheep.camel.benchmarks.reading.Target;
import ai.holysheep.camel.benchmarks.reading.Way;
import org.apache.camel.builder.RouteBuilder;

/** A whole answer as the body of the exchange that asked. */
final class HolySheepCall implements Way {

  private final Routes routes;

  HolySheepCall(Target target) throws Exception {
    routes =
        new Routes(
            new RouteBuilder() {
              @Override
              public void configure() {
                from("direct:ask")
                    .to(HolySheep.chat(target, "stream=false"))
                    .process(
                        asked ->
                            Routes.check(asked)
                                .whole(asked.getMessage().getBody(String.class).length()));
              }
            });
  }

  @Override
  public void read(StreamCheck check) throws Exception {
    routes.ask(check);
  }

  @Override
  public boolean isWaiting() {
    return true;
  }

  @Override
  public void close() {
    routes.close();
  }
}
