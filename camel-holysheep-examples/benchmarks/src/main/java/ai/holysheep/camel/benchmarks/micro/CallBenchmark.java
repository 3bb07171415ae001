package ai.holysheep.camel.benchmarks.micro;

import ai.holysheep.camel.accounting.WindowBudget;
import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.EventReceiver;
import ai.holysheep.camel.chat.EventStream;
import ai.holysheep.camel.client.CallSettings;
import ai.holysheep.camel.client.ChatClient;
import ai.holysheep.camel.client.ClientLimits;
import ai.holysheep.camel.client.PushThreads;
import ai.holysheep.camel.client.Transports;
import ai.holysheep.camel.observe.CallObserver;
import ai.holysheep.camel.transport.SystemTimers;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/** Whole calls from the bytes of the server to events, without a network and without a route. */
@State(Scope.Thread)
public class CallBenchmark {

  /** So many tokens has an answer. */
  static final int TOKENS = 1000;

  private static final PushThreads AT_ONCE = PushThreads.ofTransport(Runnable::run);

  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(CallBenchmark::daemon);
  private final CallSettings settings = Samples.settings();
  private final ChatClient client = client();

  private ChatClient client() {
    MemoryTransport transport = new MemoryTransport(SampleStream.whole(TOKENS));
    Duration patience = Duration.ofSeconds(10);
    return new ChatClient(
        new Transports(transport, transport),
        new SystemTimers(clock),
        Runnable::run,
        new ClientLimits(patience, patience, 0, WindowBudget.NONE),
        () -> 0.5,
        CallObserver.NONE);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "benchmark-clock");
    thread.setDaemon(true);
    return thread;
  }

  /** Events that are asked for one by one. */
  @Benchmark
  @OperationsPerInvocation(TOKENS)
  public void pull(Blackhole sink) {
    try (EventStream events = client.stream(Samples.request(), settings, null)) {
      while (events.hasNext()) {
        sink.consume(events.next());
      }
    }
  }

  /** Events that are handed over. */
  @Benchmark
  @OperationsPerInvocation(TOKENS)
  public void push(Blackhole sink) {
    Receiver receiver = new Receiver(sink);
    client.pushed(Samples.request(), settings, null, receiver, AT_ONCE).begin();
    receiver.check();
  }

  /** Ends the thread of the clock. */
  @TearDown
  public void close() {
    clock.shutdownNow();
  }

  /** Called on the thread that begins the call, because all is there at once. */
  private static final class Receiver implements EventReceiver {

    private final Blackhole sink;
    private boolean over;
    private @Nullable RuntimeException failure;

    Receiver(Blackhole sink) {
      this.sink = sink;
    }

    @Override
    public void receive(ChatEvent event, Taken taken) {
      sink.consume(event);
      taken.done();
    }

    @Override
    public void ended(@Nullable RuntimeException cause) {
      over = true;
      failure = cause;
    }

    void check() {
      if (!over || failure != null) {
        throw new IllegalStateException("the call has not come to its end", failure);
      }
    }
  }
}
