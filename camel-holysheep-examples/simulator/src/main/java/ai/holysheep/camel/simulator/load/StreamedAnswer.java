package ai.holysheep.camel.simulator.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One stream on its way. Belongs to the event loop of its connection. */
final class StreamedAnswer {

  /** What is written at once to a client that reads as fast as it can. */
  private static final int TOKENS_PER_WRITE = 64;

  /** After so many writes the other connections have their turn. */
  private static final int WRITES_PER_TURN = 8;

  private final Channel channel;
  private final Load load;
  private final AnswerBytes bytes;
  private int written;
  private @Nullable Future<?> pace;

  StreamedAnswer(Channel channel, Load load, AnswerBytes bytes) {
    this.channel = channel;
    this.load = load;
    this.bytes = bytes;
  }

  void begin() {
    channel.writeAndFlush(bytes.begin(), channel.voidPromise());
    if (load.isBurst()) {
      writeAhead();
      return;
    }
    long nanos = load.interval().toNanos();
    pace =
        channel
            .eventLoop()
            .scheduleAtFixedRate(this::writeNext, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /** The client has made room. */
  void writable() {
    if (load.isBurst()) {
      writeAhead();
    }
  }

  void stop() {
    if (pace != null) {
      pace.cancel(false);
    }
  }

  private void writeAhead() {
    for (int writes = 0; writes < WRITES_PER_TURN && isGoing(); writes++) {
      write(Math.min(TOKENS_PER_WRITE, load.tokens() - written));
    }
    if (isGoing()) {
      channel.eventLoop().execute(this::writeAhead);
    }
  }

  private boolean isGoing() {
    return channel.isActive() && channel.isWritable() && written < load.tokens();
  }

  private void writeNext() {
    if (written < load.tokens()) {
      write(1);
    }
  }

  private void write(int count) {
    ByteBuf out = channel.alloc().buffer(count * bytes.tokenLength());
    bytes.writeTokens(out, written, count);
    written += count;
    channel.writeAndFlush(out, channel.voidPromise());
    if (written == load.tokens()) {
      stop();
      channel.writeAndFlush(bytes.end(), channel.voidPromise());
    }
  }
}
