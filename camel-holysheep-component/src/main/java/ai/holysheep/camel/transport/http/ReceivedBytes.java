package ai.holysheep.camel.transport.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.util.Objects;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a body on their way from the reactor, which puts them in, to whoever takes them, who
 * never waits: {@link #read} is only for who knows by {@link #isReady} that there is something.
 *
 * <p>There are never more than {@link #WINDOW} and what the connection has read already, some tens
 * of kilobytes: the server may send further bytes only in place of those that were taken. The room
 * for them grows with what lies in it, and little of it is kept while nothing lies there.
 *
 * <p>One thread at a time puts in, one thread at a time takes, any thread may end it.
 */
final class ReceivedBytes extends InputStream {

  /** What a server may send ahead; also what a connection lets through before it asks. */
  static final int WINDOW = 64 * 1024;

  /** What is given back at once: it wakes the reactor, so it is not done for every message. */
  private static final int GIVEN_BACK = WINDOW / 2;

  /** What may be kept while nothing lies there, for streams that come fast. */
  private static final int SMALL = 16 * 1024;

  private static final byte[] NOTHING = {};

  // Guarded by this.
  private byte[] bytes = NOTHING;
  private int from;
  private int to;
  private boolean ended;
  private @Nullable IOException fault;
  private int taken;
  private @Nullable CapacityChannel window;

  /**
   * Puts a copy of all that remains in.
   *
   * @return whether whoever takes may have found nothing before
   */
  synchronized boolean put(ByteBuffer source) {
    boolean wasEmpty = from == to;
    int length = source.remaining();
    if (length > bytes.length - to) {
      makeRoom(length);
    }
    source.get(bytes, to, length);
    to += length;
    return wasEmpty;
  }

  private void makeRoom(int length) {
    int held = to - from;
    byte[] target = bytes;
    if (held + length > bytes.length) {
      target = new byte[Math.max(held + length, Math.min(2 * bytes.length, 2 * WINDOW))];
    }
    System.arraycopy(bytes, from, target, 0, held);
    if (bytes != target) {
      bytes = target;
    }
    from = 0;
    to = held;
  }

  /** Nothing more comes. */
  synchronized void end() {
    ended = true;
  }

  /** Nothing more comes, and that is a failure; the first one counts. */
  synchronized void fail(IOException reason) {
    if (!ended && fault == null) {
      fault = reason;
    }
  }

  /** The connection has let through what it may, and waits for leave to read on. */
  void waitingFor(CapacityChannel channel) {
    synchronized (this) {
      window = channel;
    }
    giveBack();
  }

  /** Whether there are bytes, the end, or a failure. */
  synchronized boolean isReady() {
    return from < to || ended || fault != null;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /**
   * Takes what is there.
   *
   * @throws IOException what went wrong, once all bytes before it were taken
   * @throws IllegalStateException where nothing is there yet: nobody may wait here
   */
  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    int read = take(target, offset, length);
    giveBack();
    return read;
  }

  private synchronized int take(byte[] target, int offset, int length) throws IOException {
    if (from == to) {
      return endOfBytes();
    }
    int read = Math.min(length, to - from);
    System.arraycopy(bytes, from, target, offset, read);
    from += read;
    taken += read;
    if (from == to) {
      forget();
    }
    return read;
  }

  private int endOfBytes() throws IOException {
    if (fault != null) {
      throw fault;
    }
    if (!ended) {
      throw new IllegalStateException("nothing has come yet");
    }
    return -1;
  }

  private void forget() {
    from = 0;
    to = 0;
    if (bytes.length > SMALL) {
      bytes = NOTHING;
    }
  }

  /**
   * Takes all that is there and looks at none of it.
   *
   * @return how many bytes that were
   */
  int drop() {
    int held;
    synchronized (this) {
      held = to - from;
      taken += held;
      forget();
    }
    giveBack();
    return held;
  }

  /** Outside of the lock, because the connection has one too. */
  private void giveBack() {
    CapacityChannel channel;
    int bytesTaken;
    synchronized (this) {
      channel = window;
      bytesTaken = taken;
      if (channel == null || bytesTaken < GIVEN_BACK) {
        return;
      }
      taken = 0;
    }
    try {
      channel.update(bytesTaken);
    } catch (IOException | CancelledKeyException e) {
      // The connection has ended, and says so to whoever takes.
    }
  }
}
