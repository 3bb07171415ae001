package ai.holysheep.camel.benchmarks.ways;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.Map;

/** Metrics for Prometheus, and spans that are exported to nowhere. */
final class Telemetry implements AutoCloseable {

  private final SdkTracerProvider spans =
      SdkTracerProvider.builder()
          .addSpanProcessor(BatchSpanProcessor.builder(new Nowhere()).build())
          .build();
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  /** What an application binds that wants both. */
  Map<String, Object> beans() {
    return Map.of("metricsRegistry", meters, "tracer", spans.get("benchmark"));
  }

  @Override
  public void close() {
    spans.close();
    meters.close();
  }

  private static final class Nowhere implements SpanExporter {

    @Override
    public CompletableResultCode export(Collection<SpanData> exported) {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }
}
