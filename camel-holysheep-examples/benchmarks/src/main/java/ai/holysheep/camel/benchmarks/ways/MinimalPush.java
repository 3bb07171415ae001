package ai.holysheep.camel.benchmarks.ways;

import ai.holysheep.camel.benchmarks.reading.StreamCheck;
import ai.holysheep.camel.benchmarks.reading.Target;
import ai.holysheep.camel.benchmarks.reading.Way;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.AsyncProcessorSupport;
import org.apache.hc.client5.http.async.methods.SimpleRequestProducer;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.core5.io.CloseMode;

/**
 * Tokens to another route on the threads that read them, as one would write it by hand for this
 * server: no headers, no limits of time, no second try, no limit to what waits for the route.
 */
final class MinimalPush implements Way {

  private final Target target;
  private final CloseableHttpAsyncClient client;
  private final Routes routes;

  MinimalPush(Target target) throws Exception {
    this.target = target;
    client = Clients.async(target);
    routes =
        new Routes(
            new RouteBuilder() {
              @Override
              public void configure() throws Exception {
                AsyncProducer parts = getContext().getEndpoint("direct:part").createAsyncProducer();
                parts.start();
                from("direct:ask").process(new Asking(parts));
                from("direct:part").process(MinimalPull::tell);
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
    client.close(CloseMode.IMMEDIATE);
    routes.close();
  }

  /** Done when the last part of the answer is. */
  private final class Asking extends AsyncProcessorSupport {

    private final AsyncProducer parts;

    Asking(AsyncProducer parts) {
      this.parts = parts;
    }

    @Override
    public boolean process(Exchange asked, AsyncCallback callback) {
      PartQueue queue = new PartQueue(parts, Routes.check(asked), () -> callback.done(false));
      client.execute(
          SimpleRequestProducer.create(Clients.asyncRequest(target)),
          new ChunkPusher(queue),
          new Ending(
              cause -> {
                asked.setException(cause);
                queue.end();
              }));
      return false;
    }
  }
}
