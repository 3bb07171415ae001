package ai.holysheep.camel.benchmarks.ways;

import ai.holysheep.camel.benchmarks.reading.StreamCheck;
import ai.holysheep.camel.benchmarks.reading.Target;
import ai.holysheep.camel.benchmarks.reading.Way;
import org.apache.camel.builder.RouteBuilder;

/** The body of the answer in a streaming split, with metrics and spans of all calls. */
final class HolySheepObserved implements Way {

  private final Telemetry telemetry = new Telemetry();
  private final Routes routes;

  HolySheepObserved(Target target) throws Exception {
    routes =
        new Routes(
            telemetry.beans(),
            new RouteBuilder() {
              @Override
              public void configure() {
                from("direct:ask")
                    .to(HolySheep.chat(target, "stream=true"))
                    .split(body())
                    .streaming()
                    .process(HolySheep::tell);
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
    telemetry.close();
  }
}
