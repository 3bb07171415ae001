package ai.holysheep.camel.benchmarks.ways;

import ai.holysheep.camel.benchmarks.reading.StreamCheck;
import ai.holysheep.camel.benchmarks.reading.Target;
import ai.holysheep.camel.benchmarks.reading.Way;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.hc.client5.http.async.methods.AbstractBinResponseConsumer;
import org.apache.hc.client5.http.async.methods.SimpleRequestProducer;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/** HttpClient 5 on two threads for all connections, which look for the ends of lines. */
final class RawAsyncClient implements Way {

  private final Target target;
  private final CloseableHttpAsyncClient client;

  RawAsyncClient(Target target) {
    this.target = target;
    this.client = Clients.async(target);
  }

  @Override
  public void read(StreamCheck check) {
    client.execute(
        SimpleRequestProducer.create(Clients.asyncRequest(target)),
        new Counting(check),
        new Ending(cause -> end(check, cause)));
  }

  private static void end(StreamCheck check, @Nullable Exception cause) {
    if (cause == null) {
      check.ended();
    } else {
      check.failed(cause);
    }
  }

  @Override
  public boolean isWaiting() {
    return false;
  }

  @Override
  public void close() {
    client.close(CloseMode.IMMEDIATE);
  }

  private static final class Counting extends AbstractBinResponseConsumer<Boolean> {

    private final TokenCounter counter;

    Counting(StreamCheck check) {
      counter = new TokenCounter(check);
    }

    @Override
    protected void start(HttpResponse response, @Nullable ContentType type) throws IOException {
      Clients.requireOk(response);
    }

    @Override
    protected int capacityIncrement() {
      return Integer.MAX_VALUE;
    }

    @Override
    protected void data(ByteBuffer bytes, boolean last) {
      counter.take(bytes);
    }

    @Override
    protected Boolean buildResult() {
      return true;
    }

    @Override
    public void releaseResources() {
      // Nothing is held.
    }
  }
}
