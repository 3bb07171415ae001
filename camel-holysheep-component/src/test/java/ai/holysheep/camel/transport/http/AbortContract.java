package ai.holysheep.camel.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.testing.Certificates;
import ai.holysheep.camel.testing.ScriptedServer;
import ai.holysheep.camel.testing.ScriptedServer.Script;
import ai.holysheep.camel.transport.Attempt;
import ai.holysheep.camel.transport.Reply;
import ai.holysheep.camel.transport.TransportFault;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever waits is woken, and the connection is closed. */
abstract class AbortContract extends TransportContract {

  @TempDir static Path folder;

  private static SSLContext local;

  @BeforeAll
  static void makeCertificates() throws Exception {
    local = new Certificates(folder).of("ip:127.0.0.1");
  }

  AbortContract(Maker maker) {
    super(maker);
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
    while (!waits(reader.get())) {
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

  /** In the socket, or for a signal. */
  private static boolean waits(Thread thread) {
    if (thread.getState() == Thread.State.WAITING) {
      return true;
    }
    for (StackTraceElement frame : thread.getStackTrace()) {
      if (frame.getClassName().equals("sun.nio.ch.NioSocketImpl")) {
        return true;
      }
    }
    return false;
  }
}
