package ai.holysheep.camel.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.testing.ScriptedServer.Peer;
import ai.holysheep.camel.testing.ScriptedServer.Script;
import ai.holysheep.camel.transport.Attempt;
import ai.holysheep.camel.transport.Reply;
import ai.holysheep.camel.transport.TransportFault;
import ai.holysheep.camel.transport.TransportFault.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong on a real connection, by its name. */
abstract class FaultContract extends TransportContract {

  FaultContract(Maker maker) {
    super(maker);
  }

  @Test
  void unknownHostIsNamed() {
    assertFault(Kind.UNKNOWN_HOST, attempt("http://nowhere.invalid/")::send);
  }

  @Test
  void closedPortIsARefusal() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    assertFault(Kind.REFUSED, attempt("http://127.0.0.1:" + port + "/")::send);
  }

  @Test
  void fullBacklogIsAConnectTimeout() throws IOException {
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Assumptions.assumeTrue(fill(full), "this system takes any number of connections");
      transport = transport(10, 200, 10_000, null);
      String uri = "http://127.0.0.1:" + full.getLocalPort() + "/";
      assertFault(Kind.CONNECT_TIMEOUT, attempt(uri)::send);
    }
  }

  @Test
  void resetBeforeTheHeadIsABreak() {
    assertFault(Kind.BROKEN, attempt(server(Peer::reset))::send);
  }

  @Test
  void closeBeforeTheHeadIsABreak() {
    assertFault(Kind.BROKEN, attempt(server(Peer::close))::send);
  }

  @Test
  void headThatEndsAnywhereBeforeItsEndIsCutAndNotQuoted() {
    String head = "HTTP/1.1 200 OK\r\nX-Secret: hush\r\nContent-Length: 2\r\n folded: 1\r\n\r\n";
    for (int length = 1; length < head.length(); length++) {
      String begun = head.substring(0, length);
      TransportFault fault =
          assertFault(Kind.CUT, attempt(server(peer -> peer.bytes(begun).close()))::send);
      assertThat(fault).hasMessage("The connection was closed in the middle of the head");
    }
  }

  @Test
  void resetInTheBodyIsABreak() throws Exception {
    CountDownLatch read = new CountDownLatch(1);
    Reply reply = send(server(peer -> peer.head().event("a").await(read).reset()));
    assertNext(reply, "a");
    read.countDown();
    assertFault(Kind.BROKEN, reply::next);
  }

  @Test
  void chunkedBodyWithoutItsLastChunkIsCut() throws Exception {
    Reply reply = send(server(peer -> peer.head().event("a").close()));
    assertNext(reply, "a");
    assertFault(Kind.CUT, reply::next);
  }

  @Test
  void chunkedBodyThatEndsWithinAChunkIsCut() throws Exception {
    Reply reply = send(server(peer -> peer.head().event("a").bytes("ff\r\ndata: b").close()));
    assertNext(reply, "a");
    assertFault(Kind.CUT, reply::next);
  }

  @Test
  void bodyThatIsShorterThanItsLengthIsCut() throws Exception {
    Reply reply = send(server(announcing("text/event-stream", 100, "data: a\n\n")));
    assertNext(reply, "a");
    assertFault(Kind.CUT, reply::next);
    Reply document = send(server(announcing("application/json", 100, "{}")));
    assertFault(Kind.CUT, document::document);
  }

  @Test
  void bodyWithoutLengthEndsWithItsConnection() throws Exception {
    String head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";
    Reply reply = send(server(peer -> peer.bytes(head + "data: a\n\n").close()));
    assertNext(reply, "a");
    assertThat(reply.next()).isNull();
    assertThat(reply.next()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"SSH-2.0-OpenSSH_9.6\r\n", "HTTP/9.9 what\r\n\r\n"})
  void greetingThatIsNotHttpIsNamed(String greeting) {
    assertFault(Kind.NOT_HTTP, attempt(server(peer -> peer.bytes(greeting).close()))::send);
  }

  @Test
  void chunkThatIsNoneIsNotHttp() throws Exception {
    Reply reply = send(server(peer -> peer.head().bytes("xyz\r\ndata: a\n\n").silence()));
    assertFault(Kind.NOT_HTTP, reply::next);
  }

  @Test
  void endlessHeadIsTooLong() {
    String head = "HTTP/1.1 200 OK\r\nX-Endless: ";
    Attempt line = attempt(server(peer -> endlessBytes(peer.bytes(head), "x".repeat(1000))));
    assertFault(Kind.TOO_LONG, line::send);
    Attempt lines =
        attempt(server(peer -> endlessBytes(peer.bytes("HTTP/1.1 200 OK\r\n"), "X-Y: z\r\n")));
    assertFault(Kind.TOO_LONG, lines::send);
  }

  private static Script announcing(String type, int length, String body) {
    String head =
        "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nContent-Length: " + length + "\r\n\r\n";
    return peer -> peer.bytes(head + body).close();
  }

  private static void endlessBytes(Peer peer, String piece) throws IOException {
    while (true) {
      peer.bytes(piece);
    }
  }

  /** Whether a server that accepts nothing can be made to accept nothing more. */
  private boolean fill(ServerSocket server) throws IOException {
    for (int i = 0; i < 16; i++) {
      Socket socket = new Socket();
      opened(socket);
      try {
        socket.connect(server.getLocalSocketAddress(), 200);
      } catch (SocketTimeoutException e) {
        return true;
      }
    }
    return false;
  }
}
