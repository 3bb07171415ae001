package ai.holysheep.camel.convert;

import ai.holysheep.camel.chat.AnswerRestarted;
import ai.holysheep.camel.chat.CallFailed;
import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.TextReceived;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.jspecify.annotations.Nullable;

/**
 * The text of an answer in UTF-8 while it comes. A read returns what is there and waits only when
 * nothing is, so a server that flushes each read sends each token at once. It counts as a stream
 * cache so that Camel does not read it to its end at the next step; it is still read once only.
 */
final class LiveInputStream extends InputStream implements StreamCache {

  private final ChatStream stream;
  private byte[] bytes = new byte[0];
  private int offset;
  private boolean begun;
  private boolean ended;
  private @Nullable IOException failure;

  LiveInputStream(ChatStream stream) {
    this.stream = stream;
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
    ChatEvent event = next();
    if (event instanceof TextReceived received && isOfFirstAnswer(event)) {
      bytes = received.text().getBytes(StandardCharsets.UTF_8);
      offset = 0;
      begun = true;
    }
    if (event instanceof AnswerRestarted restarted && begun) {
      // Bytes that were read cannot be taken back.
      stream.close();
      throw failed(restarted.cause());
    }
    if (event instanceof CallFailed failed) {
      throw failed(failed.exception());
    }
    ended = event.isLast();
  }

  /** A failure stays one for whoever reads again. */
  private IOException failed(RuntimeException e) {
    IOException end = new IOException(e.getMessage(), e);
    failure = end;
    return end;
  }

  private static boolean isOfFirstAnswer(ChatEvent event) {
    Integer choice = event.origin().choiceIndex();
    return choice == null || choice == 0;
  }

  private ChatEvent next() throws IOException {
    try {
      return stream.nextEvent();
    } catch (RuntimeException e) {
      throw failed(e);
    }
  }

  /** Does nothing: Camel calls this before every step, and a live stream has no way back. */
  @Override
  public void reset() {}

  @Override
  public void writeTo(OutputStream target) throws IOException {
    transferTo(target);
  }

  /** Null: the text cannot be had twice. */
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
