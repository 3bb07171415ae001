package ai.holysheep.camel.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A small HTTP proxy on loopback: tunnels by CONNECT, and requests in absolute form. It may ask for
 * a password, or refuse everything.
 */
public final class ScriptedProxy implements AutoCloseable {

  private final ServerSocket socket;
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private volatile String credentials = "";
  private volatile String refusal = "";

  public ScriptedProxy() {
    try {
      socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    daemon(this::accept);
  }

  /** Asks for this name and password from now on. */
  public ScriptedProxy asking(String username, String password) {
    credentials = basic(username, password);
    return this;
  }

  /** Answers everything with this reply from now on, and carries nothing. */
  public ScriptedProxy refusing(int status, String html) {
    refusal =
        "HTTP/1.1 "
            + status
            + " Refused\r\nContent-Type: text/html\r\nContent-Length: "
            + html.length()
            + "\r\n\r\n"
            + html;
    return this;
  }

  /** How a name and a password are sent. */
  public static String basic(String username, String password) {
    byte[] both = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(both);
  }

  public int port() {
    return socket.getLocalPort();
  }

  /** The heads of all requests up to now, as they came. */
  public List<String> heads() {
    return heads;
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (Socket one : open) {
      one.close();
    }
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = socket.accept();
      open.add(client);
      daemon(() -> serve(client));
    }
  }

  private void serve(Socket client) throws IOException {
    while (true) {
      String head = head(client.getInputStream());
      heads.add(head);
      if (!refusal.isEmpty()) {
        skipBody(head, client);
        send(client, refusal);
      } else if (!credentials.isEmpty() && !head.contains("Proxy-Authorization: " + credentials)) {
        skipBody(head, client);
        send(
            client,
            "HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=\"p\"\r\nContent-Length: 0\r\n\r\n");
      } else {
        carry(head, client);
        return;
      }
    }
  }

  private void carry(String head, Socket client) throws IOException {
    String[] line = head.substring(0, head.indexOf("\r\n")).split(" ");
    boolean tunnel = line[0].equals("CONNECT");
    URI target = URI.create(tunnel ? "tunnel://" + line[1] : line[1]);
    Socket server = new Socket(target.getHost(), target.getPort());
    open.add(server);
    if (tunnel) {
      send(client, "HTTP/1.1 200 Connection established\r\n\r\n");
    } else {
      String rest = head.substring(head.indexOf("\r\n"));
      String own = rest.replaceAll("\r\nProxy-[^\r]*", "");
      send(server, line[0] + " " + target.getPath() + " HTTP/1.1" + own);
    }
    daemon(() -> pump(client, server));
    pump(server, client);
  }

  private static void pump(Socket from, Socket to) throws IOException {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    }
  }

  private static void skipBody(String head, Socket client) throws IOException {
    for (String line : head.split("\r\n")) {
      if (line.startsWith("Content-Length: ")) {
        client.getInputStream().readNBytes(Integer.parseInt(line.substring(16)));
      }
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("the client went away");
      }
      head.append((char) b);
    }
    return head.toString();
  }

  private static void send(Socket to, String text) throws IOException {
    to.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    to.getOutputStream().flush();
  }

  /** Work that ends with its sockets. */
  @FunctionalInterface
  private interface Work {
    void run() throws IOException;
  }

  private static void daemon(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // One of the two sides has closed its socket.
              }
            },
            "scripted-proxy");
    thread.setDaemon(true);
    thread.start();
  }
}
