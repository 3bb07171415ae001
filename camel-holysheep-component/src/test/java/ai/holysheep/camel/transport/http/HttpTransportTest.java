package ai.holysheep.camel.transport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.holysheep.camel.testing.Certificates;
import ai.holysheep.camel.testing.ManualTimers;
import ai.holysheep.camel.testing.ScriptedServer;
import ai.holysheep.camel.testing.ScriptedServer.Peer;
import ai.holysheep.camel.testing.ScriptedServer.Script;
import ai.holysheep.camel.transport.Attempt;
import ai.holysheep.camel.transport.Call;
import ai.holysheep.camel.transport.Frame;
import ai.holysheep.camel.transport.Limits;
import ai.holysheep.camel.transport.Reply;
import ai.holysheep.camel.transport.TransportFault;
import ai.holysheep.camel.transport.TransportFault.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong on a real connection, by its name; and what becomes of the connection. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HttpTransportTest {

  private static final Limits LIMITS = new Limits(1000, 2000, 3000);

  @TempDir static Path folder;

  private static SSLContext local;
  private static SSLContext elsewhere;

  private final ManualTimers timers = new ManualTimers();
  private final List<AutoCloseable> open = new ArrayList<>();
  private HttpTransport transport = transport(10, 10_000, 10_000, null);

  @BeforeAll
  static void makeCertificates() throws Exception {
    local = new Certificates(folder).of("ip:127.0.0.1");
    elsewhere = new Certificates(folder).of("dns:elsewhere.example");
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
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
  void secureConnectionThatIsNeverAgreedOnIsAConnectTimeout() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      transport = transport(10, 200, 10_000, local);
      String uri = "https://127.0.0.1:" + silent.getLocalPort() + "/";
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
  void encodedReplyIsRefused() throws Exception {
    Reply reply =
        send(
            server(
                peer ->
                    peer.head(200, "Content-Type: text/event-stream", "Content-Encoding: gzip")
                        .silence()));
    assertThat(assertFault(Kind.NOT_HTTP, reply::isEventStream)).hasMessageContaining("gzip");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data: a\n\n",
        ": keep-alive\n\ndata: a\n\n",
        "event: message\ndata: a\n\n",
        "id: 1\ndata: a\n\n",
        "retry: 3000\ndata: a\n\n",
        "\n\ndata: a\n\n",
        "\uFEFFdata: a\n\n"
      })
  void eventStreamUnderAnotherTypeIsFoundOut(String body) throws Exception {
    for (String type : List.of("Content-Type: text/plain", "X-No-Type: 1")) {
      Reply reply = send(server(peer -> peer.head(200, type).body(body).end()));
      assertThat(reply.isEventStream()).isTrue();
      assertNext(reply, "a");
      assertThat(reply.next()).isNull();
    }
  }

  @Test
  void eventStreamUnderAnotherTypeIsFoundOutByteByByte() throws Exception {
    Reply reply =
        send(
            server(
                peer -> {
                  peer.head(200, "Content-Type: text/plain");
                  for (byte b : "data: a\n\n".getBytes(StandardCharsets.UTF_8)) {
                    peer.body(new byte[] {b});
                  }
                  peer.end();
                }));
    assertThat(reply.isEventStream()).isTrue();
    assertNext(reply, "a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{\"data\":1}", "database", "<html>", "Internal Server Error 17"})
  void documentUnderAnotherTypeIsGivenWhole(String body) throws Exception {
    Reply reply = send(server(peer -> peer.document(200, "text/plain", body)));
    assertThat(reply.isEventStream()).isFalse();
    assertThat(new String(reply.document(), StandardCharsets.UTF_8)).isEqualTo(body);
  }

  @Test
  void endlessLineIsTooLong() throws Exception {
    Reply reply = send(server(peer -> endless(peer.head().event("a"), "x".repeat(100))));
    assertNext(reply, "a");
    assertFault(Kind.TOO_LONG, reply::next);
    assertFault(Kind.TOO_LONG, reply::next);
  }

  @Test
  void endlessEventIsTooLong() throws Exception {
    String line = "data: " + "x".repeat(100) + "\n";
    Reply reply = send(server(peer -> endless(peer.head().event("a"), line)));
    assertNext(reply, "a");
    assertFault(Kind.TOO_LONG, reply::next);
    assertThat(reply.isReady()).isTrue();
  }

  @Test
  void endlessDocumentIsTooLong() throws Exception {
    Reply reply =
        send(server(peer -> endless(peer.head(200, "Content-Type: text/html"), "x".repeat(100))));
    assertFault(Kind.TOO_LONG, reply::document);
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

  @Test
  void abortWakesWhoWaitsForTheHead() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    ScriptedServer server =
        server(
            peer -> {
              asked.countDown();
              peer.silence();
            });
    Attempt attempt = attempt(server);
    CompletableFuture<TransportFault> fault = faultElsewhere(attempt::send);
    assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
    attempt.abort();
    attempt.abort();
    assertThat(fault.get(10, TimeUnit.SECONDS)).isNotNull();
    assertThat(server.peer(0).isClosedByClient()).isTrue();
  }

  @Test
  void abortWakesWhoWaitsForAPlace() throws Exception {
    transport = transport(1, 10_000, 0, null);
    ScriptedServer server = server(peer -> peer.head().silence());
    send(server);
    Attempt attempt = attempt(server);
    CompletableFuture<Thread> sender = new CompletableFuture<>();
    CompletableFuture<TransportFault> fault =
        faultElsewhere(
            () -> {
              sender.complete(Thread.currentThread());
              return attempt.send();
            });
    untilWaiting(sender.get(), fault);
    attempt.abort();
    assertThat(fault.get(10, TimeUnit.SECONDS)).isNotNull();
    assertThat(server.connectionCount()).isOne();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Transfer-Encoding: chunked", "Content-Length: 1000", "X-No-Length: 1"})
  void abortWakesWhoWaitsForTheNextMessage(String framing) throws Exception {
    abortWhileReading(server(silentAfterHead(framing)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Transfer-Encoding: chunked", "Content-Length: 1000", "X-No-Length: 1"})
  void abortWakesWhoWaitsForTheNextMessageOfASecureConnection(String framing) throws Exception {
    transport = transport(10, 10_000, 10_000, local);
    abortWhileReading(opened(ScriptedServer.secure(local, silentAfterHead(framing))));
  }

  @Test
  void abortedBeforeItIsSentNothingIsSent() throws Exception {
    ScriptedServer server = server(peer -> peer.head().silence());
    Attempt attempt = attempt(server);
    attempt.abort();
    assertThat(faultElsewhere(attempt::send).get(10, TimeUnit.SECONDS)).isNotNull();
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void closedTransportAbortsWhatIsUnderWayAndSendsNothing() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    ScriptedServer server = server(peer -> peer.head().event("a").silence());
    Reply reply = send(server);
    assertNext(reply, "a");
    CompletableFuture<TransportFault> fault =
        faultElsewhere(
            () -> {
              reading.countDown();
              return reply.next();
            });
    assertThat(reading.await(10, TimeUnit.SECONDS)).isTrue();
    transport.close();
    transport.close();
    assertThat(fault.get(10, TimeUnit.SECONDS)).isNotNull();
    assertThat(faultElsewhere(attempt(server)::send).get(10, TimeUnit.SECONDS)).isNotNull();
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void releasedConnectionIsUsedAgain() throws Exception {
    ScriptedServer server = server(peer -> peer.head().event("[DONE]").end());
    for (int i = 0; i < 3; i++) {
      Attempt attempt = attempt(server);
      assertNext(attempt.send(), "[DONE]");
      attempt.release();
      attempt.release();
      attempt.abort();
    }
    assertThat(server.connectionCount()).isOne();
    assertThat(timers.waitingCount()).as("the look at idle connections").isOne();
  }

  @Test
  void replyWithoutBodyGivesItsConnectionBack() throws Exception {
    ScriptedServer server = server(peer -> peer.bytes("HTTP/1.1 204 No Content\r\n\r\n"));
    for (int i = 0; i < 3; i++) {
      Attempt attempt = attempt(server);
      assertThat(attempt.send().document()).isEmpty();
      attempt.release();
    }
    assertThat(server.connectionCount()).isOne();
  }

  @Test
  void releaseClosesTheConnectionOfAReplyThatDoesNotEnd() throws Exception {
    ScriptedServer server = server(peer -> peer.head().event("[DONE]").silence());
    Attempt attempt = attempt(server);
    assertNext(attempt.send(), "[DONE]");
    CompletableFuture<Void> released = CompletableFuture.runAsync(attempt::release);
    while (timers.waitingCount() == 0) {
      Thread.onSpinWait();
    }
    assertThat(released).isNotDone();
    timers.advance(Duration.ofMillis(100));
    released.get(10, TimeUnit.SECONDS);
    assertThat(server.peer(0).isClosedByClient()).isTrue();
    assertThat(timers.waitingCount()).isZero();
  }

  @Test
  void releaseClosesTheConnectionOfAReplyThatGoesOnAndOn() throws Exception {
    ScriptedServer server = server(peer -> peer.head().event("[DONE]").tokensForEver());
    Attempt attempt = attempt(server);
    assertNext(attempt.send(), "[DONE]");
    attempt.release();
    assertThat(server.peer(0).isClosedByClient()).isTrue();
    assertThat(timers.waitingCount()).isZero();
  }

  @Test
  void connectionThatTheServerClosedMeanwhileIsNotUsed() throws Exception {
    for (String connection : List.of("X-Connection: kept", "Connection: keep-alive")) {
      CountDownLatch closed = new CountDownLatch(1);
      ScriptedServer server =
          server(
              peer -> {
                peer.document(200, "text/plain", "first", connection).close();
                closed.countDown();
              },
              peer -> peer.document(200, "text/plain", "second"));
      Attempt first = attempt(server);
      first.send().document();
      first.release();
      assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(new String(send(server).document(), StandardCharsets.UTF_8)).isEqualTo("second");
      assertThat(server.connectionCount()).isEqualTo(2);
    }
  }

  @Test
  void placesAreLimitedAndGivenBack() throws Exception {
    transport = transport(2, 10_000, 50, null);
    ScriptedServer server = server(peer -> peer.head().silence());
    Attempt first = attempt(server);
    first.send();
    send(server);
    assertFault(Kind.NO_PLACE, attempt(server)::send);
    first.abort();
    send(server);
    assertFault(Kind.NO_PLACE, attempt(server)::send);
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void withoutATimeoutAPlaceIsWaitedFor() throws Exception {
    transport = transport(1, 10_000, 0, null);
    ScriptedServer server = server(peer -> peer.head().silence());
    Attempt first = attempt(server);
    first.send();
    CompletableFuture<Thread> sender = new CompletableFuture<>();
    CompletableFuture<Integer> second =
        CompletableFuture.supplyAsync(
            () -> {
              sender.complete(Thread.currentThread());
              try {
                return send(server).status();
              } catch (TransportFault e) {
                throw new IllegalStateException(e);
              }
            });
    untilWaiting(sender.get(), second);
    first.abort();
    assertThat(second.get(10, TimeUnit.SECONDS)).isEqualTo(200);
  }

  @Test
  void placesAreLimitedOverAllHosts() throws Exception {
    transport = transport(1, 10_000, 50, null);
    send(server(peer -> peer.head().silence()));
    assertFault(Kind.NO_PLACE, attempt(server(peer -> peer.head().silence()))::send);
  }

  @Test
  void certificateThatIsTrustedIsAccepted() throws Exception {
    transport = transport(10, 10_000, 10_000, local);
    Script script = peer -> peer.head().event("a").end();
    Reply reply = send(opened(ScriptedServer.secure(local, script)));
    assertNext(reply, "a");
    assertThat(reply.next()).isNull();
  }

  @Test
  void certificateThatIsNotTrustedIsRefused() {
    for (SSLContext tls : new SSLContext[] {null, elsewhere}) {
      transport = transport(10, 10_000, 10_000, tls);
      ScriptedServer server = opened(ScriptedServer.secure(local, peer -> peer.head().end()));
      assertFault(Kind.TLS, attempt(server)::send);
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void certificateOfAnotherHostIsRefused() {
    transport = transport(10, 10_000, 10_000, elsewhere);
    ScriptedServer server = opened(ScriptedServer.secure(elsewhere, peer -> peer.head().end()));
    assertFault(Kind.TLS, attempt(server)::send);
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void serverWithoutTlsIsRefusedUnderHttps() throws Exception {
    transport = transport(10, 10_000, 10_000, local);
    try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Attempt attempt = attempt("https://127.0.0.1:" + plain.getLocalPort() + "/");
      CompletableFuture<TransportFault> fault = faultElsewhere(attempt::send);
      Socket peer = plain.accept();
      open.add(peer);
      byte[] answer = "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
      peer.getOutputStream().write(answer);
      assertThat(fault.get(10, TimeUnit.SECONDS).kind()).isEqualTo(Kind.TLS);
    }
  }

  private void abortWhileReading(ScriptedServer server) throws Exception {
    Attempt attempt = attempt(server);
    Reply reply = attempt.send();
    assertNext(reply, "a");
    CompletableFuture<Thread> reader = new CompletableFuture<>();
    CompletableFuture<TransportFault> fault =
        faultElsewhere(
            () -> {
              reader.complete(Thread.currentThread());
              return reply.next();
            });
    while (!readsTheSocket(reader.get())) {
      Thread.onSpinWait();
    }
    attempt.abort();
    assertThat(fault.get(10, TimeUnit.SECONDS)).isNotNull();
    assertThat(server.peer(0).isClosedByClient()).isTrue();
  }

  private static Script silentAfterHead(String framing) {
    String head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n" + framing + "\r\n\r\n";
    String event = "data: a\n\n";
    String body = framing.contains("chunked") ? "9\r\n" + event + "\r\n" : event;
    return peer -> peer.bytes(head + body).silence();
  }

  private static Script announcing(String type, int length, String body) {
    String head =
        "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nContent-Length: " + length + "\r\n\r\n";
    return peer -> peer.bytes(head + body).close();
  }

  private static void endless(Peer peer, String piece) throws IOException {
    while (true) {
      peer.body(piece);
    }
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
      open.add(socket);
      try {
        socket.connect(server.getLocalSocketAddress(), 200);
      } catch (SocketTimeoutException e) {
        return true;
      }
    }
    return false;
  }

  private HttpTransport transport(int places, int connectMillis, int placeMillis, SSLContext tls) {
    HttpSettings settings =
        new HttpSettings(
            places,
            Duration.ofMillis(connectMillis),
            Duration.ofMillis(placeMillis),
            Duration.ofMinutes(1),
            tls,
            null);
    return opened(new HttpTransport(settings, timers));
  }

  private ScriptedServer server(Script... scripts) {
    return opened(new ScriptedServer(scripts));
  }

  private <T extends AutoCloseable> T opened(T one) {
    open.add(0, one);
    return one;
  }

  private Reply send(ScriptedServer server) throws TransportFault {
    return attempt(server).send();
  }

  private Attempt attempt(ScriptedServer server) {
    return attempt(server.baseUrl());
  }

  private Attempt attempt(String uri) {
    byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
    return transport.attempt(new Call(URI.create(uri), Map.of(), body, LIMITS));
  }

  private static void assertNext(Reply reply, String text) throws TransportFault {
    assertThat(reply.next()).extracting(Frame::text).isEqualTo(text);
  }

  private static TransportFault assertFault(Kind kind, Callable<?> work) {
    TransportFault fault = catchThrowableOfType(TransportFault.class, work::call);
    assertThat(fault).as("a fault").isNotNull();
    assertThat(fault.kind()).as(fault.toString()).isEqualTo(kind);
    return fault;
  }

  private static CompletableFuture<TransportFault> faultElsewhere(Callable<?> work) {
    CompletableFuture<TransportFault> fault = new CompletableFuture<>();
    Runnable run =
        () -> {
          try {
            assertThatExceptionOfType(TransportFault.class)
                .isThrownBy(work::call)
                .satisfies(fault::complete);
          } catch (Throwable e) {
            fault.completeExceptionally(e);
          }
        };
    Thread thread = new Thread(run, "sender");
    thread.setDaemon(true);
    thread.start();
    return fault;
  }

  private static void untilWaiting(Thread thread, CompletableFuture<?> result) {
    while (thread.getState() != Thread.State.WAITING
        && thread.getState() != Thread.State.TIMED_WAITING) {
      assertThat(result).as("waits").isNotDone();
    }
  }

  private static boolean readsTheSocket(Thread thread) {
    for (StackTraceElement frame : thread.getStackTrace()) {
      if (frame.getClassName().equals("sun.nio.ch.NioSocketImpl")) {
        return true;
      }
    }
    return false;
  }
}
