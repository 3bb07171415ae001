package ai.holysheep.camel.transport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.holysheep.camel.testing.CrowdServer;
import ai.holysheep.camel.testing.ManualTimers;
import ai.holysheep.camel.testing.ScriptedServer;
import ai.holysheep.camel.testing.ScriptedServer.Script;
import ai.holysheep.camel.transport.Call;
import ai.holysheep.camel.transport.Frame;
import ai.holysheep.camel.transport.Limits;
import ai.holysheep.camel.transport.Reply;
import ai.holysheep.camel.transport.SignallingAttempt;
import ai.holysheep.camel.transport.TransportFault;
import ai.holysheep.camel.transport.TransportFault.Kind;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a transport that nobody waits in promises beyond what all do: signals, and no threads. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SignallingHttpTransportTest {

  private static final Limits LIMITS = new Limits(1 << 20, 1 << 20, 4 << 20);

  /** What the buffers of two sockets may take, and much less than is sent. */
  private static final long MOST_UNDER_WAY = 16L << 20;

  private final ManualTimers timers = new ManualTimers();
  private final Semaphore signals = new Semaphore(0);
  private final List<AutoCloseable> open = new ArrayList<>();
  private SignallingHttpTransport transport = transport(2000);

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  @Test
  void nothingIsReadyBeforeItHasCome() throws Exception {
    CountDownLatch headWanted = new CountDownLatch(1);
    CountDownLatch eventWanted = new CountDownLatch(1);
    CountDownLatch endWanted = new CountDownLatch(1);
    SignallingAttempt attempt =
        begin(
            server(
                peer ->
                    peer.await(headWanted)
                        .head()
                        .await(eventWanted)
                        .event("a")
                        .await(endWanted)
                        .end()));
    assertThat(attempt.isReady()).isFalse();
    headWanted.countDown();
    until(attempt::isReady);
    Reply reply = attempt.send();
    assertThat(reply.isReady()).isFalse();
    eventWanted.countDown();
    until(reply::isReady);
    assertThat(reply.next()).extracting(Frame::text).isEqualTo("a");
    assertThat(reply.isReady()).isFalse();
    endWanted.countDown();
    until(reply::isReady);
    assertThat(reply.next()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/event-stream", "text/plain", ""})
  void noSignalIsLostWhenEveryByteComesAlone(String type) throws Exception {
    String body = "data: first\n\ndata: second\r\n\r\n: comment\n\ndata: third\n\n";
    String head = "HTTP/1.1 200 OK\r\n" + (type.isEmpty() ? "" : "Content-Type: " + type + "\r\n");
    byte[] all = (head + "\r\n" + body).getBytes(StandardCharsets.US_ASCII);
    SignallingAttempt attempt =
        begin(
            server(
                peer -> {
                  for (byte b : all) {
                    peer.bytes(new byte[] {b});
                  }
                  peer.close();
                }));
    until(attempt::isReady);
    Reply reply = attempt.send();
    assertThat(reply.isEventStream()).isTrue();
    assertThat(texts(reply)).containsExactly("first", "second", "third");
  }

  @Test
  void noSignalIsLostWhenWhoeverTakesParksMeanwhile() throws Exception {
    int events = 20_000;
    SignallingAttempt attempt =
        begin(
            server(
                peer -> {
                  peer.head();
                  for (int i = 0; i < events; i++) {
                    peer.event(String.valueOf(i));
                  }
                  peer.end();
                }));
    until(attempt::isReady);
    List<String> texts = texts(attempt.send());
    assertThat(texts).hasSize(events);
    for (int i = 0; i < events; i++) {
      assertThat(texts.get(i)).isEqualTo(String.valueOf(i));
    }
  }

  @Test
  void allMayBeTakenWithinTheSignal() throws Exception {
    ScriptedServer server = server(peer -> peer.head().event("a").event("b").end());
    SignallingAttempt attempt = attempt(server.baseUrl());
    List<String> texts = new ArrayList<>();
    CompletableFuture<String> last = new CompletableFuture<>();
    AtomicReference<Reply> reply = new AtomicReference<>();
    attempt.begin(
        () -> {
          try {
            if (reply.get() == null && attempt.isReady()) {
              reply.set(attempt.send());
            }
            while (reply.get() != null && !last.isDone() && reply.get().isReady()) {
              Frame frame = reply.get().next();
              if (frame == null) {
                attempt.release();
                last.complete(Thread.currentThread().getName());
              } else {
                texts.add(frame.text());
              }
            }
          } catch (TransportFault e) {
            last.completeExceptionally(e);
          }
        });
    assertThat(last.get(10, TimeUnit.SECONDS)).startsWith("HolySheepReactor");
    assertThat(texts).containsExactly("a", "b");
  }

  @Test
  void whoeverDoesNotTakeStopsTheServerAndWhoeverTakesLetsItGoOn() throws Exception {
    int events = 8_000;
    String text = "x".repeat(8_000);
    AtomicLong sent = new AtomicLong();
    SignallingAttempt attempt =
        begin(
            server(
                peer -> {
                  peer.head();
                  for (int i = 0; i < events; i++) {
                    peer.event(text);
                    sent.addAndGet(text.length());
                  }
                  peer.end();
                }));
    until(attempt::isReady);
    Reply reply = attempt.send();
    assertThat(sentWhileNobodyTakes(sent)).isBetween(1L, MOST_UNDER_WAY);
    for (int i = 0; i < events / 2; i++) {
      until(reply::isReady);
      assertThat(reply.next()).extracting(Frame::length).isEqualTo(text.length());
    }
    assertThat(sentWhileNobodyTakes(sent) - (long) events / 2 * text.length())
        .isBetween(1L, MOST_UNDER_WAY);
    assertThat(texts(reply)).hasSize(events / 2);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 500})
  void documentComesWholeHoweverLongItIs(int status) throws Exception {
    String document = "{\"text\":\"" + "x".repeat(1 << 20) + "\"}";
    SignallingAttempt attempt =
        begin(server(peer -> peer.document(status, "application/json", document)));
    until(attempt::isReady);
    Reply reply = attempt.send();
    if (status == 200) {
      assertThat(reply.isEventStream()).isFalse();
      assertThat(new String(reply.document(), StandardCharsets.UTF_8)).isEqualTo(document);
    } else {
      int most = LIMITS.maxErrorBytes();
      assertThat(new String(reply.beginning(most), StandardCharsets.UTF_8))
          .isEqualTo(document.substring(0, most));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 500})
  void documentThatNeverEndsIsReadyAtItsLimit(int status) throws Exception {
    SignallingAttempt attempt =
        begin(
            server(
                peer -> {
                  peer.head(status, "Content-Type: application/json");
                  while (true) {
                    peer.body("x".repeat(10_000));
                  }
                }));
    until(attempt::isReady);
    Reply reply = attempt.send();
    if (status == 200) {
      assertThat(fault(reply::document).kind()).isEqualTo(Kind.TOO_LONG);
    } else {
      assertThat(reply.beginning(LIMITS.maxErrorBytes())).hasSize(LIMITS.maxErrorBytes());
    }
  }

  @Test
  void documentThatCallsItselfAnEventStreamIsReadyWhenItIsWhole() throws Exception {
    CountDownLatch restWanted = new CountDownLatch(1);
    SignallingAttempt attempt =
        begin(
            server(
                peer -> peer.head().body(" {\"error\":").await(restWanted).body("\"no\"}").end()));
    until(attempt::isReady);
    Reply reply = attempt.send();
    assertThat(reply.isReady()).isFalse();
    restWanted.countDown();
    until(reply::isReady);
    assertThat(reply.next()).extracting(Frame::text).isEqualTo("{\"error\":\"no\"}");
  }

  @Test
  void whatHadComeBeforeAnAbortCanStillBeTaken() throws Exception {
    ScriptedServer server = server(peer -> peer.head().event("a").event("b").silence());
    SignallingAttempt attempt = begin(server);
    until(attempt::isReady);
    Reply reply = attempt.send();
    until(reply::isReady);
    assertThat(reply.next()).extracting(Frame::text).isEqualTo("a");
    until(reply::isReady);
    attempt.abort();
    assertThat(reply.next()).extracting(Frame::text).isEqualTo("b");
    assertThat(reply.isReady()).isTrue();
    assertThat(fault(reply::next)).hasMessage("The call was aborted");
    assertThat(server.peer(0).isClosedByClient()).isTrue();
  }

  @Test
  void abortWhileConnectingSignalsAndLeavesNothing() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      // A handshake that nobody answers.
      SignallingAttempt attempt = attempt("https://127.0.0.1:" + silent.getLocalPort() + "/");
      attempt.begin(signals::release);
      var peer = opened(silent.accept());
      assertThat(peer.getInputStream().read()).as("the client's hello").isPositive();
      assertAbortSignals(attempt);
      drain(peer.getInputStream());
    }
  }

  @Test
  void abortWhileWaitingForAPlaceSignals() throws Exception {
    transport = transport(1);
    ScriptedServer server = server(peer -> peer.head().silence());
    SignallingAttempt first = begin(server);
    until(first::isReady);
    SignallingAttempt second = begin(server);
    assertAbortSignals(second);
    first.abort();
    until(() -> ((SignallingHttpAttempt) first).isOver());
    assertThat(server.requests()).hasSize(1);
    assertThat(timers.waitingCount()).isZero();
  }

  @Test
  void abortBeforeTheHeadSignals() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    ScriptedServer server =
        server(
            peer -> {
              asked.countDown();
              peer.silence();
            });
    SignallingAttempt attempt = begin(server);
    assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
    assertAbortSignals(attempt);
    assertThat(server.peer(0).isClosedByClient()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 500})
  void abortInTheBodyClosesTheConnectionWhateverTheStatus(int status) throws Exception {
    ScriptedServer server = server(peer -> peer.head(status, "Content-Type: a/b").silence());
    SignallingAttempt attempt = begin(server);
    server.peer(0);
    until(() -> !server.requests().isEmpty());
    assertAbortSignals(attempt);
    assertThat(server.peer(0).isClosedByClient()).isTrue();
  }

  @Test
  void placeIsWaitedForByTheClockOfTheTimers() throws Exception {
    transport = transport(1);
    ScriptedServer server = server(peer -> peer.head().silence());
    SignallingAttempt first = begin(server);
    until(first::isReady);
    SignallingAttempt second = begin(server);
    timers.advance(Duration.ofMillis(9_999));
    assertThat(second.isReady()).isFalse();
    timers.advance(Duration.ofMillis(1));
    assertThat(fault(second::send).kind()).isEqualTo(Kind.NO_PLACE);
    assertThat(timers.waitingCount()).isZero();
  }

  @Test
  void releaseDoesNotWait() throws Exception {
    CountDownLatch endWanted = new CountDownLatch(1);
    ScriptedServer server = server(peer -> peer.head().event("a").await(endWanted).end());
    SignallingAttempt attempt = begin(server);
    until(attempt::isReady);
    Reply reply = attempt.send();
    until(reply::isReady);
    attempt.release();
    assertThat(((SignallingHttpAttempt) attempt).isOver()).isFalse();
    endWanted.countDown();
    until(() -> ((SignallingHttpAttempt) attempt).isOver());
    SignallingAttempt next = begin(server);
    until(next::isReady);
    assertThat(server.connectionCount()).isOne();
  }

  @Test
  void thousandStreamsNeedAHandfulOfThreads() throws Exception {
    int streams = 1000;
    CrowdServer server = opened(new CrowdServer());
    Crowd crowd = new Crowd(streams);
    for (int i = 0; i < streams; i++) {
      crowd.add(attempt(server.baseUrl()));
    }
    until(() -> server.streamCount() == streams);
    for (int i = 0; i < 5; i++) {
      server.event("event " + i);
    }
    server.end();
    assertThat(crowd.over.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(crowd.faults).isEmpty();
    assertThat(crowd.events).hasValue(5 * streams);
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> thread.getName().startsWith("HolySheep"))
        .hasSizeLessThanOrEqualTo(3)
        .allMatch(Thread::isDaemon);
  }

  @Test
  void everyAttemptEndsThoughMoreWaitThanThereArePlaces() throws Exception {
    transport = transport(10);
    int calls = 500;
    ScriptedServer server = server(peer -> peer.head().event("a").end());
    Crowd crowd = new Crowd(calls);
    for (int i = 0; i < calls; i++) {
      crowd.add(attempt(server.baseUrl()));
    }
    assertThat(crowd.over.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(crowd.faults).isEmpty();
    assertThat(crowd.events).hasValue(calls);
    assertThat(server.connectionCount()).isLessThanOrEqualTo(20);
  }

  /** Attempts that are all taken within their signals, one thread at a time. */
  private static final class Crowd {

    private final CountDownLatch over;
    private final AtomicInteger events = new AtomicInteger();
    private final ConcurrentLinkedQueue<TransportFault> faults = new ConcurrentLinkedQueue<>();

    Crowd(int attempts) {
      over = new CountDownLatch(attempts);
    }

    void add(SignallingAttempt attempt) {
      attempt.begin(new Taker(attempt));
    }

    private final class Taker implements Runnable {

      private final SignallingAttempt attempt;
      private Reply reply;
      private boolean isOver;

      Taker(SignallingAttempt attempt) {
        this.attempt = attempt;
      }

      @Override
      public synchronized void run() {
        try {
          if (!isOver) {
            take();
          }
        } catch (TransportFault e) {
          faults.add(e);
          end();
        }
      }

      private void take() throws TransportFault {
        if (reply == null) {
          if (!attempt.isReady()) {
            return;
          }
          reply = attempt.send();
        }
        while (!isOver && reply.isReady()) {
          if (reply.next() == null) {
            end();
          } else {
            events.incrementAndGet();
          }
        }
      }

      private void end() {
        isOver = true;
        attempt.release();
        over.countDown();
      }
    }
  }

  private void assertAbortSignals(SignallingAttempt attempt) throws Exception {
    signals.drainPermits();
    attempt.abort();
    assertThat(signals.tryAcquire(10, TimeUnit.SECONDS)).as("a signal").isTrue();
    assertThat(attempt.isReady()).isTrue();
    assertThat(fault(attempt::send)).hasMessage("The call was aborted");
    until(() -> ((SignallingHttpAttempt) attempt).isOver());
  }

  private List<String> texts(Reply reply) throws TransportFault {
    List<String> texts = new ArrayList<>();
    while (true) {
      while (!reply.isReady()) {
        signals.acquireUninterruptibly();
        signals.drainPermits();
      }
      Frame frame = reply.next();
      if (frame == null) {
        return texts;
      }
      texts.add(frame.text());
    }
  }

  /** What is sent when the server can send no more. */
  private static long sentWhileNobodyTakes(AtomicLong sent) {
    int unchanged = 0;
    long before = -1;
    while (unchanged < 20_000) {
      long now = sent.get();
      unchanged = now == before ? unchanged + 1 : 0;
      before = now;
      Thread.yield();
    }
    return before;
  }

  private static void drain(java.io.InputStream in) {
    try {
      while (in.read() >= 0) {
        // Up to the end, or to a reset.
      }
    } catch (java.io.IOException e) {
      // A reset is an end too.
    }
  }

  private static void until(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  private static TransportFault fault(org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
    TransportFault fault = catchThrowableOfType(TransportFault.class, work);
    assertThat(fault).as("a fault").isNotNull();
    return fault;
  }

  private SignallingAttempt begin(ScriptedServer server) {
    SignallingAttempt attempt = attempt(server.baseUrl());
    attempt.begin(signals::release);
    return attempt;
  }

  private SignallingAttempt attempt(String uri) {
    byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
    return transport.attempt(new Call(URI.create(uri), Map.of(), body, LIMITS));
  }

  private SignallingHttpTransport transport(int places) {
    Duration patience = Duration.ofSeconds(10);
    return opened(
        new SignallingHttpTransport(
            new HttpSettings(places, patience, patience, Duration.ofMinutes(1), null, null),
            timers));
  }

  private ScriptedServer server(Script script) {
    return opened(new ScriptedServer(script));
  }

  private <T extends AutoCloseable> T opened(T one) {
    open.add(0, one);
    return one;
  }
}
