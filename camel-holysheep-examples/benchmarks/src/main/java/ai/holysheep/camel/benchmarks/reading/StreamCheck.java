package ai.holysheep.camel.benchmarks.reading;

import ai.holysheep.camel.simulator.load.Stamp;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Checks one answer while it comes: that every token comes, in order and once, and the usage after
 * it. Who reads the answer tells what came, one thread at a time.
 */
public final class StreamCheck {

  private final int tokens;
  private final Measurement measurement;
  private final Consumer<StreamCheck> end;
  private final AtomicBoolean ended = new AtomicBoolean();
  private final long begunNanos = System.nanoTime();

  private int received;
  private boolean unread;
  private long usage = -1;
  private @Nullable String failure;

  /**
   * @param tokens how many must come
   * @param end told once, when the answer has come to its end, good or bad
   */
  public StreamCheck(int tokens, Measurement measurement, Consumer<StreamCheck> end) {
    this.tokens = tokens;
    this.measurement = measurement;
    this.end = end;
  }

  /** How many tokens the answer has. */
  public int tokens() {
    return tokens;
  }

  /** The text of a token came; an empty one is no token. */
  public void token(CharSequence text) {
    if (text.isEmpty()) {
      return;
    }
    if (failure == null && Stamp.number(text) != received) {
      failure = "token " + Stamp.number(text) + " came in place of " + received;
    }
    received++;
    count(1, Stamp.writtenNanos(text));
  }

  /**
   * The bytes of some tokens came, which nobody looks at.
   *
   * @param writtenNanos when the last of them was written
   */
  public void unread(int count, long writtenNanos) {
    unread = true;
    received += count;
    count(count, writtenNanos);
  }

  private void count(int count, long writtenNanos) {
    long now = System.nanoTime();
    if (received == count) {
      measurement.firstToken(now - begunNanos);
    }
    measurement.tokens(count, now - writtenNanos);
  }

  /** What the server says that it has made. */
  public void usage(long completionTokens) {
    usage = completionTokens;
  }

  /** A whole answer came to a request for no stream. */
  public void whole(int length) {
    unread = true;
    received = length == 0 ? 0 : tokens;
    measurement.firstToken(System.nanoTime() - begunNanos);
    measurement.tokens(1, 0);
    ended();
  }

  /** Nothing more comes. */
  public void ended() {
    if (failure == null && received != tokens) {
      failure = received + " tokens came instead of " + tokens;
    }
    if (failure == null && !unread && usage != tokens) {
      failure = "the usage said " + usage + " tokens instead of " + tokens;
    }
    tell();
  }

  /** It broke off. */
  public void failed(@Nullable Throwable cause) {
    if (failure == null) {
      failure = "after " + received + " tokens: " + cause;
    }
    tell();
  }

  /** What went wrong; null where nothing did. */
  public @Nullable String failure() {
    return failure;
  }

  private void tell() {
    if (ended.compareAndSet(false, true)) {
      end.accept(this);
    }
  }
}
