package ai.holysheep.camel.testing;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;

/**
 * An HTTP server whose every byte a test decides, on loopback and a free port. Each request runs
 * the next script; the last script serves all further requests. Every connection has a thread of
 * its own.
 */
public final class ScriptedServer implements AutoCloseable {

  /** How long a test waits for something that should come at once. */
  private static final long PATIENCE_SECONDS = 10;

  /** What the server does with one request. */
  @FunctionalInterface
  public interface Script {
    void run(Peer peer) throws Exception;
  }

  /** A request as it came. */
  public record Request(String line, Map<String, String> headers, String body) {}

  private final String scheme;
  private final ServerSocket socket;
  private final BlockingQueue<Script> scripts = new LinkedBlockingQueue<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final List<Peer> peers = new CopyOnWriteArrayList<>();
  private final List<Throwable> scriptFailures = new CopyOnWriteArrayList<>();
  private volatile Script last = peer -> peer.head(500);

  public ScriptedServer(Script... scripts) {
    this("http", ServerSocketFactory.getDefault(), scripts);
  }

  private ScriptedServer(String scheme, ServerSocketFactory sockets, Script... scripts) {
    this.scheme = scheme;
    try {
      socket = sockets.createServerSocket(0, 200, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    then(scripts);
    Thread acceptor = new Thread(this::accept, "scripted-server");
    acceptor.setDaemon(true);
    acceptor.start();
  }

  /** A server that speaks TLS. */
  public static ScriptedServer secure(SSLContext tls, Script... scripts) {
    return new ScriptedServer("https", tls.getServerSocketFactory(), scripts);
  }

  /** Adds scripts for the requests to come. */
  public ScriptedServer then(Script... more) {
    scripts.addAll(List.of(more));
    return this;
  }

  public String baseUrl() {
    return scheme + "://127.0.0.1:" + socket.getLocalPort() + "/v1";
  }

  /** All requests up to now. */
  public List<Request> requests() {
    return requests;
  }

  /** The n-th connection, from 0; waits until it is there. */
  public Peer peer(int n) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (peers.size() <= n && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    return peers.get(n);
  }

  /** How many connections were opened. */
  public int connectionCount() {
    return peers.size();
  }

  @Override
  public void close() throws IOException {
    socket.close();
    peers.forEach(Peer::close);
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Peer peer = new Peer(socket.accept());
        peers.add(peer);
        Thread thread = new Thread(() -> serve(peer), "scripted-server-connection");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Peer peer) {
    try (peer) {
      while (peer.readRequest()) {
        requests.add(peer.request);
        Script script = scripts.poll();
        last = script == null ? last : script;
        last.run(peer);
      }
    } catch (SocketException e) {
      peer.goneAway();
    } catch (Throwable e) {
      scriptFailures.add(e);
    }
  }

  /** The other end of one connection. */
  public static final class Peer implements AutoCloseable {

    private final Socket socket;
    private final InputStream in;
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private Request request;
    private boolean chunked;

    private Peer(Socket socket) throws IOException {
      this.socket = socket;
      this.in = socket.getInputStream();
      socket.setTcpNoDelay(true);
    }

    public Request request() {
      return request;
    }

    private boolean readRequest() throws IOException {
      ByteArrayOutputStream head = new ByteArrayOutputStream();
      while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
        int b = in.read();
        if (b < 0) {
          goneAway();
          return false;
        }
        head.write(b);
      }
      List<String> lines = new ArrayList<>();
      new BufferedReader(
              new InputStreamReader(
                  new java.io.ByteArrayInputStream(head.toByteArray()),
                  StandardCharsets.ISO_8859_1))
          .lines()
          .filter(line -> !line.isEmpty())
          .forEach(lines::add);
      Map<String, String> headers = new TreeMap<>();
      for (String line : lines.subList(1, lines.size())) {
        int colon = line.indexOf(':');
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).trim());
      }
      int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
      String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
      request = new Request(lines.get(0), headers, body);
      return true;
    }

    /** Sends exactly these bytes. */
    public Peer bytes(byte[] bytes) throws IOException {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
      return this;
    }

    public Peer bytes(String text) throws IOException {
      return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The head of an event stream; the body is chunked. */
    public Peer head() throws IOException {
      return head(200, "Content-Type: text/event-stream");
    }

    /** A head with these header lines; the body is chunked. */
    public Peer head(int status, String... headers) throws IOException {
      StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Scripted\r\n");
      for (String header : headers) {
        head.append(header).append("\r\n");
      }
      chunked = true;
      return bytes(head.append("Transfer-Encoding: chunked\r\n\r\n").toString());
    }

    /** A whole reply with a body. */
    public Peer document(int status, String type, String body, String... headers)
        throws IOException {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Scripted\r\n");
      head.append("Content-Type: ").append(type).append("\r\n");
      for (String header : headers) {
        head.append(header).append("\r\n");
      }
      head.append("Content-Length: ").append(bytes.length).append("\r\n\r\n");
      return bytes(head.toString()).bytes(bytes);
    }

    /** A piece of the body, as a chunk of its own. */
    public Peer body(byte[] bytes) throws IOException {
      if (!chunked) {
        return bytes(bytes);
      }
      ByteArrayOutputStream chunk = new ByteArrayOutputStream();
      chunk.writeBytes(
          (Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
      chunk.writeBytes(bytes);
      chunk.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
      return bytes(chunk.toByteArray());
    }

    public Peer body(String text) throws IOException {
      return body(text.getBytes(StandardCharsets.UTF_8));
    }

    /** One event with this payload. */
    public Peer event(String data) throws IOException {
      return body("data: " + data + "\n\n");
    }

    /** One event with a piece of text. */
    public Peer token(String text) throws IOException {
      return event(Chunks.token(text));
    }

    /** Finish reason, usage, {@code [DONE]} and the end of the body. */
    public Peer finish() throws IOException {
      return event(Chunks.finish("stop")).event(Chunks.usage(7, 3)).done();
    }

    /** {@code [DONE]} and the end of the body. */
    public Peer done() throws IOException {
      return event("[DONE]").end();
    }

    /** The end of a chunked body. */
    public Peer end() throws IOException {
      return bytes("0\r\n\r\n");
    }

    /** Waits until the test opens the gate. */
    public Peer await(CountDownLatch gate) throws InterruptedException {
      if (!gate.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the test did not open the gate");
      }
      return this;
    }

    /** Sends tokens until the client goes away. */
    public void tokensForEver() throws IOException {
      try {
        for (int i = 0; ; i++) {
          token("t" + i + " ");
        }
      } catch (IOException e) {
        goneAway();
        throw e;
      }
    }

    /** Keeps the connection open and silent until the client goes away. */
    public void silence() throws IOException {
      while (in.read() >= 0) {
        // The client sends nothing while it waits for a reply; whatever it sends is of no interest.
      }
      goneAway();
    }

    /** Ends the connection with a reset instead of a close. */
    public void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }

    /** Ends the server's side of the connection alone, so that it sees when the client closes. */
    public Peer endOutput() throws IOException {
      socket.shutdownOutput();
      return this;
    }

    /** Waits until the client has closed the connection; false when it does not. */
    public boolean isClosedByClient() throws InterruptedException {
      try {
        gone.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return true;
      } catch (TimeoutException | java.util.concurrent.ExecutionException e) {
        return false;
      }
    }

    /** Whether the client is known to have closed the connection; does not wait. */
    public boolean isGone() {
      return gone.isDone();
    }

    private void goneAway() {
      gone.complete(null);
    }

    @Override
    public void close() {
      try {
        socket.close();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
