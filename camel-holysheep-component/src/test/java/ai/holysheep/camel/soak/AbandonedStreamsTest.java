package ai.holysheep.camel.soak;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.HolySheepComponent;
import ai.holysheep.camel.OpenCalls;
import ai.holysheep.camel.convert.ChatStream;
import ai.holysheep.camel.error.CallCancelledException;
import ai.holysheep.camel.soak.Fates.Fate;
import ai.holysheep.camel.testing.ScriptedServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * However streams end, nothing of them is left: no call, no place in the pool, no connection, no
 * thread, no object. {@code -Dsoak.streams=6000} opens that many.
 */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AbandonedStreamsTest {

  private static final int STREAMS = Integer.getInteger("soak.streams", 400);
  private static final int PLACES = 50;
  private static final int ROUTES_AT_ONCE = 8;
  private static final long PATIENCE_SECONDS = 15;

  private final Stages stages = new Stages();
  private final ScriptedServer server = new ScriptedServer(stages::answer);
  private final AtomicLong ids = new AtomicLong();
  private final AtomicLong opened = new AtomicLong();
  private final AtomicLong usages = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private final AtomicLong forgotten = new AtomicLong();

  @AfterEach
  void closeServer() throws Exception {
    server.close();
  }

  @Test
  void nothingIsLeftOfStreamsHoweverTheyEnd() throws Exception {
    soak(1); // Threads that stay are there now.
    Leftovers before = Leftovers.now();
    soak(STREAMS);
    await(
        () -> "threads that go: " + Leftovers.now().threadsSince(before),
        () -> Leftovers.now().threadsSince(before).isEmpty());
    await(() -> "sockets that close", () -> Leftovers.now().sockets() <= before.sockets());
    assertThat(usages.get() + failures.get() + forgotten.get()).isEqualTo(opened.get());
    System.out.printf(
        "%d streams: %d with usage, %d with a failure, %d forgotten; %d connections; left: no call, no"
            + " place, no object, %d threads, %d sockets%n",
        opened.get(),
        usages.get(),
        failures.get(),
        forgotten.get(),
        server.connectionCount(),
        Leftovers.now().threadsSince(before).size(),
        Math.max(0, Leftovers.now().sockets() - before.sockets()));
  }

  /** All fates, as often as it takes for that many streams, in a context of its own. */
  private void soak(int count) throws Exception {
    ExecutorService routes = Executors.newFixedThreadPool(ROUTES_AT_ONCE);
    ExecutorService others = Executors.newFixedThreadPool(ROUTES_AT_ONCE);
    CamelContext context = new DefaultCamelContext();
    try (context) {
      context.getShutdownStrategy().setTimeout(1);
      context.getShutdownStrategy().setSuppressLoggingOnTimeout(true);
      context.addComponent("holysheep", component());
      context.addRoutes(new SoakRoutes(server.baseUrl()));
      context.start();
      Fates fates = new Fates(context.createProducerTemplate(), stages, others, ids);
      runAll(routes, fates, count);
      await(() -> "calls that end", () -> OpenCalls.of(context) == 0);
      await(() -> "answers that end", () -> stages.answering() == 0);
      await(() -> "objects that go", () -> fates.held() == 0);
      usePlaces(fates);
      stopInTheMiddle(context, fates, others, () -> stopComponent(context));
      stopInTheMiddle(context, fates, others, () -> restart(context));
      await(() -> "answers that end", () -> stages.answering() == 0);
      usages.addAndGet(fates.usages.get());
      failures.addAndGet(fates.failures.get());
      forgotten.addAndGet(fates.forgotten.get());
    } finally {
      routes.shutdown();
      others.shutdown();
      assertThat(routes.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(others.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static HolySheepComponent component() {
    HolySheepComponent component = new HolySheepComponent();
    component.setMaxConcurrentStreams(PLACES);
    component.setRetryBudget(0);
    return component;
  }

  private void runAll(ExecutorService routes, Fates fates, int count) throws Exception {
    List<Fate> all = fates.all();
    List<Callable<Void>> tasks = new ArrayList<>();
    for (int i = 0; i < Math.max(count, all.size()); i++) {
      Fate fate = all.get(i % all.size());
      tasks.add(
          () -> {
            fate.run();
            return null;
          });
    }
    opened.addAndGet(tasks.size());
    for (Future<Void> done : routes.invokeAll(tasks)) {
      done.get();
    }
  }

  /** If streams had kept their places, so many more would find none. */
  private void usePlaces(Fates fates) {
    List<ChatStream> streams = new ArrayList<>();
    for (int i = 0; i < PLACES; i++) {
      streams.add(fates.open("direct:ask", Stages.FIRST));
    }
    streams.forEach(ChatStream::close);
    streams.forEach(stream -> fates.fails(stream, CallCancelledException.class));
    opened.addAndGet(PLACES);
  }

  /** Streams at rest, and readers that wait for a part, a head, and another try. */
  private void stopInTheMiddle(
      CamelContext context, Fates fates, ExecutorService others, Runnable stop) throws Exception {
    List<ChatStream> resting =
        List.of(
            fates.open("direct:ask", Stages.HEAD),
            fates.open("direct:ask", Stages.ENDLESS),
            fates.open("direct:ask", Stages.WHOLE));
    ChatStream read = fates.open("direct:ask", Stages.HEAD);
    List<CompletableFuture<?>> waiting =
        List.of(
            CompletableFuture.runAsync(
                () -> fates.fails(read, CallCancelledException.class), others),
            CompletableFuture.runAsync(
                () -> fates.cancelledBeforeItsHead("direct:ask", Stages.SILENT), others),
            CompletableFuture.runAsync(
                () -> fates.cancelledBeforeItsHead("direct:ask-again", Stages.REFUSED_FOR_LONG),
                others));
    opened.addAndGet(resting.size() + waiting.size());
    await(() -> "calls that wait", () -> OpenCalls.of(context) == resting.size() + waiting.size());
    stop.run();
    for (CompletableFuture<?> done : waiting) {
      done.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
    resting.forEach(stream -> fates.fails(stream, CallCancelledException.class));
    assertThat(OpenCalls.of(context)).isZero();
  }

  private static void stopComponent(CamelContext context) {
    context.getComponent("holysheep").stop();
    context.getComponent("holysheep").start();
  }

  private static void restart(CamelContext context) {
    context.stop();
    context.start();
  }

  private static void await(Supplier<String> what, BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      System.gc(); // Streams that were forgotten end by it.
    }
    assertThat(condition.getAsBoolean()).as(what).isTrue();
  }
}
