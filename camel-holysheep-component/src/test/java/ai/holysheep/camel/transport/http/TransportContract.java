package ai.holysheep.camel.transport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.holysheep.camel.testing.ManualTimers;
import ai.holysheep.camel.testing.ScriptedServer;
import ai.holysheep.camel.testing.ScriptedServer.Script;
import ai.holysheep.camel.transport.Attempt;
import ai.holysheep.camel.transport.Call;
import ai.holysheep.camel.transport.Frame;
import ai.holysheep.camel.transport.Limits;
import ai.holysheep.camel.transport.Reply;
import ai.holysheep.camel.transport.SystemTimers;
import ai.holysheep.camel.transport.Timers;
import ai.holysheep.camel.transport.Transport;
import ai.holysheep.camel.transport.TransportFault;
import ai.holysheep.camel.transport.TransportFault.Kind;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** What all contracts of a transport work with: a real server, and a transport that is closed. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class TransportContract {

  /** How one kind of transport is made. */
  @FunctionalInterface
  interface Maker {
    Transport make(HttpSettings settings, Timers timers);
  }

  static final Limits LIMITS = new Limits(1000, 2000, 3000);

  final ManualTimers timers = new ManualTimers();
  private final Maker maker;
  private final List<AutoCloseable> open = new ArrayList<>();
  Transport transport;

  TransportContract(Maker maker) {
    this.maker = maker;
    this.transport = transport(10, 10_000, 10_000, null);
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  final Transport transport(int places, int connectMillis, int placeMillis, SSLContext tls) {
    return transport(
        new HttpSettings(
            places,
            Duration.ofMillis(connectMillis),
            Duration.ofMillis(placeMillis),
            Duration.ofMinutes(1),
            tls,
            null),
        timers);
  }

  final Transport transport(HttpSettings settings, Timers clock) {
    return opened(maker.make(settings, clock));
  }

  /** Timers that need nobody to move them. */
  final Timers realTimers() {
    ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    opened(thread::shutdownNow);
    return new SystemTimers(thread);
  }

  final ScriptedServer server(Script... scripts) {
    return opened(new ScriptedServer(scripts));
  }

  final <T extends AutoCloseable> T opened(T one) {
    open.add(0, one);
    return one;
  }

  final Reply send(ScriptedServer server) throws TransportFault {
    return attempt(server).send();
  }

  final Attempt attempt(ScriptedServer server) {
    return attempt(server.baseUrl());
  }

  final Attempt attempt(String uri) {
    byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
    return transport.attempt(new Call(URI.create(uri), Map.of(), body, LIMITS));
  }

  static void assertNext(Reply reply, String text) throws TransportFault {
    assertThat(reply.next()).extracting(Frame::text).isEqualTo(text);
  }

  static TransportFault assertFault(Kind kind, Callable<?> work) {
    TransportFault fault = catchThrowableOfType(TransportFault.class, work::call);
    assertThat(fault).as("a fault").isNotNull();
    assertThat(fault.kind()).as(fault.toString()).isEqualTo(kind);
    return fault;
  }

  static CompletableFuture<TransportFault> faultElsewhere(Callable<?> work) {
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

  static void untilWaiting(Thread thread, CompletableFuture<?> result) {
    while (thread.getState() != Thread.State.WAITING
        && thread.getState() != Thread.State.TIMED_WAITING) {
      assertThat(result).as("waits").isNotDone();
    }
  }
}
