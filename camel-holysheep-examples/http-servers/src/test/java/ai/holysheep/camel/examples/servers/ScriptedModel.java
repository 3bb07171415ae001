package ai.holysheep.camel.examples.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The server of a model, which sends what a test says when the test says so. */
final class ScriptedModel implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 20;

  /** How the model answers. */
  @FunctionalInterface
  interface Script {
    void run(ScriptedModel model) throws Exception;
  }

  private final ServerSocket server;
  private final CompletableFuture<Void> closedByClient = new CompletableFuture<>();
  private final Semaphore sent = new Semaphore(0);
  private final Script script;
  private volatile Socket socket = new Socket();
  private volatile String request = "";

  /** A model that answers every request in the same way, one after the other. */
  ScriptedModel(Script script) throws IOException {
    this.script = script;
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "scripted-model");
    thread.setDaemon(true);
    thread.start();
  }

  String baseUrl() {
    return "http://127.0.0.1:" + server.getLocalPort() + "/v1";
  }

  /** The body of the last request. */
  String request() {
    return request;
  }

  /** A whole answer of one token. */
  void answer() throws IOException {
    head();
    token("one");
    finish();
  }

  void head() throws IOException {
    write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n");
  }

  void token(String text) throws IOException {
    event("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%s\"}}]}".formatted(text));
    sent.release();
  }

  void finish() throws IOException {
    event("{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}");
    event("[DONE]");
  }

  void refuse(int status) throws IOException {
    String body = "{\"error\":{\"message\":\"No, says the model.\"}}";
    write(
        "HTTP/1.1 %d No\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(status, body.length(), body));
  }

  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  void tokensForEver() throws IOException {
    for (int i = 0; ; i++) {
      token("t" + i + " ");
    }
  }

  /** Says nothing more, and keeps the connection until the client closes it. */
  void silence() throws IOException {
    while (socket.getInputStream().read() >= 0) {
      // A client that waits sends nothing of interest.
    }
    closedByClient.complete(null);
  }

  void await(CountDownLatch gate) throws InterruptedException {
    if (!gate.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the test did not open the gate");
    }
  }

  /** How many tokens it could send until nobody took one for a second. */
  int tokensSentUntilHeldUp() throws InterruptedException {
    int count = 0;
    while (sent.tryAcquire(1, TimeUnit.SECONDS)) {
      count++;
    }
    return count;
  }

  /** Waits until a token is sent. */
  void awaitToken() throws InterruptedException {
    if (!sent.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the model sent no token");
    }
  }

  /** Waits until the client has closed the connection; fails when it does not. */
  void awaitClosedByClient() throws Exception {
    closedByClient.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    try {
      server.close();
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket accepted = server.accept()) {
        socket = accepted;
        socket.setTcpNoDelay(true);
        readRequest();
        script.run(this);
      } catch (IOException e) {
        closedByClient.complete(null);
      } catch (Exception e) {
        closedByClient.completeExceptionally(e);
      }
    }
  }

  private void readRequest() throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("no request");
      }
      head.append((char) b);
    }
    String length = head.toString().replaceAll("(?is).*content-length: (\\d+).*", "$1");
    request = new String(in.readNBytes(Integer.parseInt(length)), StandardCharsets.UTF_8);
  }

  private void event(String data) throws IOException {
    write("data: " + data + "\n\n");
  }

  private void write(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }
}
