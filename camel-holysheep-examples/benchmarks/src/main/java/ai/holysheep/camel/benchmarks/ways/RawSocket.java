package ai.holysheep.camel.benchmarks.ways;

import ai.holysheep.camel.benchmarks.load.StreamCheck;
import ai.holysheep.camel.benchmarks.load.Target;
import ai.holysheep.camel.benchmarks.load.Way;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * One thread for all connections, one connection for each answer, and no look at more bytes than it
 * takes to count: what the sockets cost, and so the limit.
 */
final class RawSocket implements Way {

  private static final int BUFFER_BYTES = 64 * 1024;

  private final InetSocketAddress server;
  private final byte[] request;
  private final Selector selector;
  private final Queue<StreamCheck> asked = new ConcurrentLinkedQueue<>();
  private final Thread reader = new Thread(this::readAll, "raw-socket");
  private volatile boolean closed;

  // Of the reading thread.
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private @Nullable AnswerLayout layout;

  RawSocket(Target target) throws IOException {
    server = new InetSocketAddress(target.baseUrl().getHost(), target.baseUrl().getPort());
    request = request(target);
    selector = Selector.open();
    reader.setDaemon(true);
    reader.start();
  }

  private static byte[] request(Target target) {
    String body = target.request(true);
    return ("POST %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\n"
            + "Content-Type: application/json\r\nContent-Length: %s\r\n\r\n%s")
        .formatted(
            target.completions().getPath(),
            target.completions().getAuthority(),
            Target.API_KEY,
            body.length(),
            body)
        .getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void read(StreamCheck check) {
    asked.add(check);
    selector.wakeup();
  }

  @Override
  public boolean isWaiting() {
    return false;
  }

  @Override
  public void close() {
    closed = true;
    selector.wakeup();
  }

  private void readAll() {
    try (selector) {
      while (!closed) {
        selector.select(this::ready);
        for (StreamCheck next = asked.poll(); next != null; next = asked.poll()) {
          connect(next);
        }
      }
      for (SelectionKey key : selector.keys()) {
        end(key, new EOFException("closed"));
      }
    } catch (IOException e) {
      throw new IllegalStateException("The selector has failed", e);
    }
  }

  private void connect(StreamCheck check) {
    try {
      SocketChannel channel = SocketChannel.open();
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.connect(server);
      channel.register(selector, SelectionKey.OP_CONNECT, new RawAnswer(check));
    } catch (IOException e) {
      check.failed(e);
    }
  }

  private void ready(SelectionKey key) {
    try {
      SocketChannel channel = (SocketChannel) key.channel();
      if (key.isConnectable()) {
        channel.finishConnect();
        ask(channel);
        key.interestOps(SelectionKey.OP_READ);
      } else if (read(channel, answer(key))) {
        end(key, null);
      }
    } catch (IOException | RuntimeException e) {
      end(key, e);
    }
  }

  private void ask(SocketChannel channel) throws IOException {
    // The send buffer of a new connection holds far more than this.
    if (channel.write(ByteBuffer.wrap(request)) != request.length) {
      throw new IOException("The request does not fit into the send buffer");
    }
  }

  /** Reads what has come; whether it was the last. */
  private boolean read(SocketChannel channel, RawAnswer answer) throws IOException {
    buffer.clear();
    if (channel.read(buffer) < 0) {
      throw new EOFException("The server has closed the connection");
    }
    buffer.flip();
    boolean last = answer.take(buffer, layout);
    layout = answer.layout();
    return last;
  }

  private static void end(SelectionKey key, @Nullable Exception cause) {
    key.cancel();
    try {
      key.channel().close();
    } catch (IOException e) {
      answer(key).check().failed(e);
    }
    if (cause == null) {
      answer(key).check().ended();
    } else {
      answer(key).check().failed(cause);
    }
  }

  private static RawAnswer answer(SelectionKey key) {
    return (RawAnswer) key.attachment();
  }
}
