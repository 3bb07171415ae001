package ai.holysheep.camel.benchmarks.micro;

import ai.holysheep.camel.transport.Frame;
import ai.holysheep.camel.transport.Reply;
import ai.holysheep.camel.transport.TransportFault;
import ai.holysheep.camel.transport.http.SseParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An event stream in memory, read in pieces as those of a connection are. */
final class MemoryReply implements Reply {

  private static final int LONGEST_BYTES = 1024 * 1024;

  private final byte[] stream;
  private final ByteArrayInputStream body;
  private final SseParser parser = new SseParser(LONGEST_BYTES, LONGEST_BYTES);

  MemoryReply(byte[] stream) {
    this.stream = stream;
    this.body = new ByteArrayInputStream(stream);
  }

  @Override
  public int status() {
    return 200;
  }

  @Override
  public @Nullable String header(String name) {
    return null;
  }

  @Override
  public boolean isEventStream() {
    return true;
  }

  @Override
  public @Nullable Frame next() throws TransportFault {
    try {
      Frame frame = parser.poll();
      while (frame == null && parser.readFrom(body) >= 0) {
        frame = parser.poll();
      }
      return frame;
    } catch (IOException e) {
      throw new TransportFault(TransportFault.Kind.BROKEN, "memory has failed", e);
    }
  }

  @Override
  public boolean isReady() {
    return true;
  }

  @Override
  public byte[] beginning(int maxBytes) {
    return Arrays.copyOf(stream, Math.min(maxBytes, stream.length));
  }

  @Override
  public byte[] document() {
    return stream.clone();
  }
}
