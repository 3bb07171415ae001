package ai.holysheep.camel.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A server of event streams for very many clients at once, which needs one thread for all of them.
 * It sends what a test says to all streams that are open. A request is over when it is silent: it
 * must come in one piece and be small, and so must be what is sent.
 */
public final class CrowdServer implements AutoCloseable {

  private static final String HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

  private final Selector selector = Selector.open();
  private final ServerSocketChannel acceptor = ServerSocketChannel.open();
  private final Set<SocketChannel> streams = ConcurrentHashMap.newKeySet();
  private final Queue<String> toSend = new ConcurrentLinkedQueue<>();
  private final ByteBuffer buffer = ByteBuffer.allocate(4096);

  public CrowdServer() throws IOException {
    acceptor.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4096);
    acceptor.configureBlocking(false);
    acceptor.register(selector, SelectionKey.OP_ACCEPT);
    Thread thread = new Thread(this::serve, "crowd-server");
    thread.setDaemon(true);
    thread.start();
  }

  public String baseUrl() throws IOException {
    return "http://127.0.0.1:" + ((InetSocketAddress) acceptor.getLocalAddress()).getPort() + "/v1";
  }

  /** How many streams are open. */
  public int streamCount() {
    return streams.size();
  }

  /** Sends an event to all streams that are open. */
  public void event(String data) {
    String event = "data: " + data + "\n\n";
    bytes(Integer.toHexString(event.length()) + "\r\n" + event + "\r\n");
  }

  /** Ends all streams that are open. */
  public void end() {
    bytes("0\r\n\r\n");
  }

  private void bytes(String text) {
    toSend.add(text);
    selector.wakeup();
  }

  @Override
  public void close() throws IOException {
    selector.close();
    acceptor.close();
    for (SocketChannel stream : streams) {
      stream.close();
    }
  }

  private void serve() {
    try {
      while (selector.isOpen()) {
        selector.select();
        for (SelectionKey key : selector.selectedKeys()) {
          handle(key);
        }
        selector.selectedKeys().clear();
        for (String text = toSend.poll(); text != null; text = toSend.poll()) {
          for (SocketChannel stream : streams) {
            send(stream, text);
          }
        }
      }
    } catch (IOException | java.nio.channels.ClosedSelectorException e) {
      // The test has closed it.
    }
  }

  private void handle(SelectionKey key) throws IOException {
    if (key.isAcceptable()) {
      SocketChannel client = acceptor.accept();
      client.configureBlocking(false);
      client.register(selector, SelectionKey.OP_READ);
      return;
    }
    SocketChannel client = (SocketChannel) key.channel();
    if (read(client) < 0) {
      streams.remove(client);
      client.close();
    } else if (streams.add(client)) {
      send(client, HEAD);
    }
  }

  private int read(SocketChannel client) {
    try {
      return client.read(buffer.clear());
    } catch (IOException e) {
      return -1;
    }
  }

  private static void send(SocketChannel client, String text) {
    try {
      client.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (IOException e) {
      // It has gone away, and is found out by its event.
    }
  }
}
