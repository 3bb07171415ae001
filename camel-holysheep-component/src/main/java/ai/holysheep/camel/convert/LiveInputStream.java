package ai.holysheep.camel.convert;

import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.StreamEncoder;
import ai.holysheep.camel.error.CallCancelledException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The bytes of an answer while it comes, in the format of its encoder. A read returns what is there
 * and waits only when nothing is, so a server that flushes each read sends each token at once. It
 * counts as a stream cache so that Camel does not read it to its end at the next step; it is still
 * read once only.
 *
 * <p>A failure is thrown to the reader where the format has no words for it. Otherwise the bytes
 * tell of it, and as nobody else learns of it then, it is logged.
 */
final class LiveInputStream extends InputStream implements StreamCache {

  private static final Logger LOG = LoggerFactory.getLogger(LiveInputStream.class);

  private final ChatStream stream;
  private final StreamEncoder encoder;
  private byte[] bytes = new byte[0];
  private int offset;
  private boolean ended;
  private @Nullable IOException failure;

  LiveInputStream(ChatStream stream) {
    this.stream = stream;
    this.encoder = stream.newEncoder();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    Objects.checkFromIndexSize(from, length, target.length);
    if (length == 0) {
      return 0;
    }
    while (left() == 0 && !ended) {
      take();
    }
    if (left() == 0) {
      return -1;
    }
    int count = Math.min(length, left());
    System.arraycopy(bytes, offset, target, from, count);
    offset += count;
    return count;
  }

  @Override
  public int available() throws IOException {
    while (left() == 0 && !ended && stream.isReady()) {
      take();
    }
    return left();
  }

  @Override
  public void close() {
    ended = true;
    offset = bytes.length;
    stream.close();
  }

  private int left() {
    return bytes.length - offset;
  }

  private void take() throws IOException {
    if (failure != null) {
      throw failure;
    }
    if (!stream.hasNextEvent()) {
      ended = true;
      return;
    }
    offset = 0;
    bytes = next();
    if (encoder.isOver()) {
      end();
    }
  }

  private byte[] next() {
    ChatEvent event;
    try {
      event = stream.nextEvent();
    } catch (RuntimeException e) {
      return encoder.encodeFailure(e);
    }
    return encoder.encode(event);
  }

  private void end() throws IOException {
    // Not every format can go on where the stream does.
    if (stream.hasNextEvent()) {
      stream.close();
    }
    RuntimeException untold = encoder.untoldFailure();
    if (untold != null) {
      // It stays one for whoever reads again.
      failure = new IOException(untold.getMessage(), untold);
      throw failure;
    }
    ended = true;
    RuntimeException told = encoder.failure();
    if (told != null) {
      // Whoever cancels knows, and it is daily business: clients go away.
      LOG.atLevel(told instanceof CallCancelledException ? Level.DEBUG : Level.WARN)
          .log(
              "Stream {} failed, and whoever reads its bytes was told: {}",
              stream.id(),
              told.getMessage());
    }
  }

  /** Does nothing: Camel calls this before every step, and a live stream has no way back. */
  @Override
  public void reset() {}

  /** Flushes before it waits. */
  @Override
  public void writeTo(OutputStream target) throws IOException {
    byte[] piece = new byte[8192];
    for (int count = read(piece); count >= 0; count = read(piece)) {
      target.write(piece, 0, count);
      if (available() == 0) {
        target.flush();
      }
    }
  }

  /** Null: the bytes cannot be had twice. */
  @Override
  public @Nullable StreamCache copy(Exchange exchange) {
    return null;
  }

  @Override
  public boolean inMemory() {
    return true;
  }

  @Override
  public long length() {
    return 0;
  }

  @Override
  public long position() {
    return -1;
  }
}
