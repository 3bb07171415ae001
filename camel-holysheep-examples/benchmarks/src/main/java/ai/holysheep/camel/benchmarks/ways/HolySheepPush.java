package ai.holysheep.camel.benchmarks.ways;

import ai.holysheep.camel.benchmarks.reading.StreamCheck;
import ai.holysheep.camel.benchmarks.reading.Target;
import ai.holysheep.camel.benchmarks.reading.Way;
import org.apache.camel.builder.RouteBuilder;

/** Parts go to another route as they come; no thread waits for them. */
final class HolySheepPush implements Way {

  private final Routes routes;

  /**
   * @param workerPool whether the threads of a pool route the parts, or those that read
   */
  HolySheepPush(Target target, boolean workerPool) throws Exception {
    String options = "stream=true&streamTo=direct:part&useWorkerPool=" + workerPool;
    routes =
        new Routes(
            new RouteBuilder() {
              @Override
              public void configure() {
                from("direct:ask").to(HolySheep.chat(target, options));
                from("direct:part").process(HolySheep::tell);
              }
            });
  }

  @Override
  public void read(StreamCheck check) {
    routes.askAndGoOn(check);
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
