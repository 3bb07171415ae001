package ai.holysheep.camel.benchmarks.ways;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.hc.client5.http.async.methods.AbstractBinResponseConsumer;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * Takes the tokens out of the bytes of a stream, where they lie in the buffer of the connection,
 * and adds them to a queue.
 */
final class ChunkPusher extends AbstractBinResponseConsumer<Boolean> {

  private final PartQueue queue;

  /** The line whose end has not come. */
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

  ChunkPusher(PartQueue queue) {
    this.queue = queue;
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
  protected void data(ByteBuffer bytes, boolean last) throws IOException {
    byte[] array = bytes.array();
    int end = bytes.arrayOffset() + bytes.limit();
    int line = bytes.arrayOffset() + bytes.position();
    for (int at = line; at < end; at++) {
      if (array[at] == '\n') {
        line(array, line, at - line);
        line = at + 1;
      }
    }
    begun.write(array, line, end - line);
    bytes.position(bytes.limit());
  }

  private void line(byte[] bytes, int from, int length) throws IOException {
    Object part;
    if (begun.size() == 0) {
      part = ChunkParser.parse(bytes, from, length);
    } else {
      begun.write(bytes, from, length);
      part = ChunkParser.parse(begun.toByteArray(), 0, begun.size());
      begun.reset();
    }
    if (part != null) {
      queue.add(part);
    }
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
