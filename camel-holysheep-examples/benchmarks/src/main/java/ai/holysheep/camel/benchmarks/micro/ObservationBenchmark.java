package ai.holysheep.camel.benchmarks.micro;

import ai.holysheep.camel.accounting.WindowBudget;
import ai.holysheep.camel.chat.EventStream;
import ai.holysheep.camel.client.ChatClient;
import ai.holysheep.camel.client.ClientLimits;
import ai.holysheep.camel.client.Transports;
import ai.holysheep.camel.observe.Beans;
import ai.holysheep.camel.observe.CallObserver;
import ai.holysheep.camel.observe.CallObservers;
import ai.holysheep.camel.observe.LogObserver;
import ai.holysheep.camel.observe.OptionalObservers;
import ai.holysheep.camel.transport.SystemTimers;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/** What it costs to tell of calls, without a network and without a route. */
@State(Scope.Thread)
public class ObservationBenchmark {

  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final SdkTracerProvider spans = SdkTracerProvider.builder().build();
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ChatClient alone = client(CallObserver.NONE);
  private final ChatClient observed = client(observers());

  private ChatClient client(CallObserver observer) {
    MemoryTransport transport = new MemoryTransport(SampleStream.whole(CallBenchmark.TOKENS));
    Duration patience = Duration.ofSeconds(10);
    return new ChatClient(
        new Transports(transport, transport),
        new SystemTimers(clock),
        Runnable::run,
        new ClientLimits(patience, patience, 0, WindowBudget.NONE),
        () -> 0.5,
        observer);
  }

  private CallObserver observers() {
    Map<Class<?>, Object> bound =
        Map.of(MeterRegistry.class, meters, Tracer.class, spans.get("benchmark"));
    Beans beans =
        new Beans() {
          @Override
          public <T> @Nullable T find(String name, Class<T> type) {
            return type.cast(bound.get(type));
          }
        };
    return CallObservers.of(
        List.of(
            new LogObserver(),
            OptionalObservers.meters(beans),
            OptionalObservers.spans(beans, false)));
  }

  /** Nobody is told. */
  @Benchmark
  @OperationsPerInvocation(CallBenchmark.TOKENS)
  public void alone(Blackhole sink) {
    read(alone, sink);
  }

  /** The log, metrics for Prometheus and a span are told. */
  @Benchmark
  @OperationsPerInvocation(CallBenchmark.TOKENS)
  public void observed(Blackhole sink) {
    read(observed, sink);
  }

  private static void read(ChatClient client, Blackhole sink) {
    try (EventStream events = client.stream(Samples.request(), Samples.settings(), null)) {
      while (events.hasNext()) {
        sink.consume(events.next());
      }
    }
  }

  /** Ends the thread of the clock. */
  @TearDown
  public void close() {
    clock.shutdownNow();
    spans.close();
  }
}
