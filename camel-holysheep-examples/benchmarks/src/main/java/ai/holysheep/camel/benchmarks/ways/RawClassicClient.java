package ai.holysheep.camel.benchmarks.ways;

import ai.holysheep.camel.benchmarks.reading.StreamCheck;
import ai.holysheep.camel.benchmarks.reading.Target;
import ai.holysheep.camel.benchmarks.reading.Way;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.io.CloseMode;

/** HttpClient 5 on the thread of the caller, which looks for the ends of lines. */
final class RawClassicClient implements Way {

  private static final int BUFFER_BYTES = 16 * 1024;

  private final Target target;
  private final CloseableHttpClient client;

  RawClassicClient(Target target) {
    this.target = target;
    this.client = Clients.classic(target);
  }

  @Override
  public void read(StreamCheck check) throws IOException {
    client.execute(
        Clients.classicRequest(target), response -> count(response, new TokenCounter(check)));
    check.ended();
  }

  private static boolean count(ClassicHttpResponse response, TokenCounter counter)
      throws IOException {
    Clients.requireOk(response);
    byte[] buffer = new byte[BUFFER_BYTES];
    ByteBuffer bytes = ByteBuffer.wrap(buffer);
    try (InputStream in = response.getEntity().getContent()) {
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        counter.take(bytes.limit(length).position(0));
      }
    }
    return true;
  }

  @Override
  public boolean isWaiting() {
    return true;
  }

  @Override
  public void close() {
    client.close(CloseMode.IMMEDIATE);
  }
}
