package ai.holysheep.camel.transport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.holysheep.camel.testing.Certificates;
import ai.holysheep.camel.testing.ScriptedServer;
import ai.holysheep.camel.testing.ScriptedServer.Script;
import ai.holysheep.camel.transport.Attempt;
import ai.holysheep.camel.transport.Reply;
import ai.holysheep.camel.transport.Transport;
import ai.holysheep.camel.transport.TransportFault;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes behind the end of a reply is never the answer to another call. */
abstract class LeftoverContract extends TransportContract {

  private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n";
  private static final String FIRST = HEAD + "Content-Length: 5\r\n\r\nfirst";
  private static final String STOLEN = HEAD + "Content-Length: 6\r\n\r\nstolen";
  private static final Script SECOND = peer -> peer.document(200, "text/plain", "second");

  @TempDir Path folder;

  private ScriptedServer server;

  LeftoverContract(Maker maker) {
    super(maker);
  }

  static Stream<String> repliesWithLeftover() {
    return Stream.of(
        FIRST + STOLEN,
        FIRST + "\r\n",
        FIRST + " ",
        FIRST + "\0",
        HEAD + "Content-Length: 5\r\n\r\nfirst of all",
        HEAD + "Transfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n0\r\n\r\n" + STOLEN,
        HEAD + "Transfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n0\r\nX-Sum: 1\r\n\r\ngarbage",
        "HTTP/1.1 204 No Content\r\n\r\n" + STOLEN,
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n" + STOLEN);
  }

  @ParameterizedTest
  @MethodSource("repliesWithLeftover")
  void connectionWithLeftoverInTheSameSegmentIsNotUsedAgain(String reply) throws Exception {
    server = server(peer -> peer.bytes(reply).silence(), SECOND);
    call();
    assertThat(server.peer(0).isClosedByClient()).isTrue();
    assertSecondOnItsOwnConnection();
  }

  @ParameterizedTest
  @ValueSource(strings = {STOLEN, "\r\n", "\0"})
  void connectionWithLeftoverThatComesLaterIsNotUsedAgain(String leftover) throws Exception {
    CountDownLatch read = new CountDownLatch(1);
    CountDownLatch sent = new CountDownLatch(1);
    server =
        server(
            peer -> {
              peer.bytes(FIRST).await(read).bytes(leftover);
              sent.countDown();
            },
            SECOND);
    assertThat(call()).isEqualTo("first");
    read.countDown();
    assertThat(sent.await(10, TimeUnit.SECONDS)).isTrue();
    assertSecondOnItsOwnConnection();
  }

  @Test
  void secureConnectionWithLeftoverIsNotUsedAgain() throws Exception {
    SSLContext tls = new Certificates(folder).of("ip:127.0.0.1");
    transport = transport(tls, null);
    server =
        opened(ScriptedServer.secure(tls, peer -> peer.bytes(FIRST + STOLEN).silence(), SECOND));
    assertThat(call()).isEqualTo("first");
    assertSecondOnItsOwnConnection();
  }

  @Test
  void eventStreamThatIsReleasedAfterItsLastMessageLeavesNothing() throws Exception {
    server =
        server(
            peer -> peer.head().bytes("e\r\ndata: [DONE]\n\n\r\n0\r\n\r\n" + STOLEN).silence(),
            SECOND);
    Attempt attempt = attempt(server.baseUrl());
    assertThat(attempt.send().next()).isNotNull();
    attempt.release();
    assertSecondOnItsOwnConnection();
  }

  @Test
  void connectionWithoutLeftoverIsUsedAgain() throws Exception {
    server = server(peer -> peer.bytes(FIRST), SECOND);
    assertThat(call()).isEqualTo("first");
    assertThat(call()).isEqualTo("second");
    assertThat(server.connectionCount()).isOne();
  }

  @Test
  void wordsOfAProxyBehindItsLeaveForATunnelAreNotTheServersAnswer() throws Exception {
    SSLContext tls = new Certificates(folder).of("ip:127.0.0.1");
    server = opened(ScriptedServer.secure(tls, SECOND));
    try (ServerSocket proxy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      HttpProxy settings = new HttpProxy("127.0.0.1", proxy.getLocalPort(), null, null, null);
      transport = transport(tls, settings);
      CompletableFuture<TransportFault> fault =
          CompletableFuture.supplyAsync(
              () ->
                  catchThrowableOfType(
                      TransportFault.class, () -> attempt(server.baseUrl()).send()),
              LeftoverContract::elsewhere);
      try (Socket client = proxy.accept();
          Socket behind = new Socket("127.0.0.1", URI.create(server.baseUrl()).getPort())) {
        client.getInputStream().read(new byte[4096]);
        String leave = "HTTP/1.1 200 Connection established\r\n\r\n" + STOLEN;
        client.getOutputStream().write(leave.getBytes(StandardCharsets.US_ASCII));
        pump(client, behind);
        pump(behind, client);
        assertThat(fault.get(10, TimeUnit.SECONDS)).isNotNull();
      }
    }
    assertThat(server.requests()).isEmpty();
  }

  private static void pump(Socket from, Socket to) {
    CompletableFuture.runAsync(
        () -> {
          try {
            from.getInputStream().transferTo(to.getOutputStream());
          } catch (java.io.IOException e) {
            // The test has closed them.
          }
        },
        LeftoverContract::elsewhere);
  }

  /** The common pool may have one thread only, and all of these wait for each other. */
  private static void elsewhere(Runnable task) {
    new Thread(task, "leftover-bytes").start();
  }

  private void assertSecondOnItsOwnConnection() throws Exception {
    assertThat(call()).isEqualTo("second");
    assertThat(server.connectionCount()).isEqualTo(2);
  }

  private String call() throws Exception {
    Attempt attempt = attempt(server.baseUrl());
    Reply reply = attempt.send();
    String text = new String(reply.document(), StandardCharsets.UTF_8);
    attempt.release();
    return text;
  }

  private Transport transport(SSLContext tls, HttpProxy proxy) {
    Duration patience = Duration.ofSeconds(10);
    return transport(
        new HttpSettings(10, patience, patience, Duration.ofMinutes(1), tls, proxy), timers);
  }
}
