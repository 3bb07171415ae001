package ai.holysheep.camel.transport.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of a request, as the async client takes it. Unlike the library's own it knows whether
 * all of it was sent. Belongs to the reactor's thread.
 */
final class RequestBody implements AsyncEntityProducer {

  private final ByteBuffer bytes;
  private boolean sent;

  RequestBody(byte[] json) {
    this.bytes = ByteBuffer.wrap(json);
  }

  /** Whether all of it was handed to the connection, the last time that it was asked for. */
  boolean isSent() {
    return sent;
  }

  /** A proxy may want to know a password before it takes the request. */
  @Override
  public boolean isRepeatable() {
    return true;
  }

  @Override
  public int available() {
    return Integer.MAX_VALUE;
  }

  @Override
  public void produce(DataStreamChannel channel) throws IOException {
    if (bytes.position() == 0) {
      sent = false;
    }
    if (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    if (!bytes.hasRemaining() && !sent) {
      sent = true;
      channel.endStream();
    }
  }

  @Override
  public long getContentLength() {
    return bytes.capacity();
  }

  @Override
  public String getContentType() {
    return ContentType.APPLICATION_JSON.toString();
  }

  @Override
  public @Nullable String getContentEncoding() {
    return null;
  }

  @Override
  public boolean isChunked() {
    return false;
  }

  @Override
  public Set<String> getTrailerNames() {
    return Set.of();
  }

  @Override
  public void failed(Exception cause) {
    // The exchange says it too.
  }

  @Override
  public void releaseResources() {
    bytes.rewind();
  }
}
