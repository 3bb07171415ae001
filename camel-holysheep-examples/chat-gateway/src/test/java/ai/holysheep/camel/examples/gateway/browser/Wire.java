package ai.holysheep.camel.examples.gateway.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The network between a browser and a gateway, which can be cut. Thread-safe. */
final class Wire implements AutoCloseable {

  private final int port;
  private final ServerSocket listening;
  private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
  private volatile boolean down;

  /** Leads to that port of this machine. */
  Wire(int port) throws IOException {
    this.port = port;
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    run(this::accept);
  }

  String url() {
    return "http://127.0.0.1:" + listening.getLocalPort();
  }

  /** Ends all connections, and lets none through. */
  void cut() {
    down = true;
    ends.forEach(Wire::close);
  }

  /** Lets connections through again. */
  void mend() {
    down = false;
  }

  private void accept() throws IOException {
    while (!listening.isClosed()) {
      Socket near = listening.accept();
      if (down) {
        close(near);
      } else {
        Socket far = new Socket(InetAddress.getLoopbackAddress(), port);
        ends.add(near);
        ends.add(far);
        run(() -> copy(near, far));
        run(() -> copy(far, near));
      }
    }
  }

  private static void copy(Socket from, Socket to) throws IOException {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] piece = new byte[8192];
      for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
        out.write(piece, 0, count);
        out.flush();
      }
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void run(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (SocketException e) {
                // It was closed: that is what it is for.
                return;
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            },
            "wire");
    thread.setDaemon(true);
    thread.start();
  }

  private static void close(Socket socket) {
    try {
      // With a reset, as when a machine on the way forgets the connection.
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (SocketException e) {
      // It is closed already.
      return;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    cut();
  }
}
