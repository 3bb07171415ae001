package ai.holysheep.camel.examples.quickstart.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.opentelemetry2.OpenTelemetryTracer;
import org.junit.jupiter.api.Test;

/** The span of a call in the trace that Camel's own tracer keeps of a route. */
class TracingReferenceTest extends HowToTestSupport {

  private final Spans spans = new Spans();
  private final SdkTracerProvider provider =
      SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(spans)).build();

  @Test
  void callIsAChildOfTheStepOfTheRoute() throws Exception {
    context.getRegistry().bind("tracer", provider.get("camel"));
    new OpenTelemetryTracer().init(context);
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:ask")
                .to("holysheep:chat?model=deepseek-v3.2&stream=true")
                .split(body())
                .streaming()
                .to("seda:parts")
                .end();
          }
        });
    assertThat(send("[[echo]]one two").getException()).isNull();
    provider.close();
    SpanData call = spans.named("chat deepseek-v3.2");
    SpanData step = spans.withId(call.getParentSpanId());
    assertThat(step.getName()).contains("holysheep");
    assertThat(step.getTraceId()).isEqualTo(call.getTraceId());
    assertThat(call.getEndEpochNanos()).isGreaterThan(step.getEndEpochNanos());
  }

  /** Keeps the spans that are exported. */
  private static final class Spans implements SpanExporter {

    private final List<SpanData> all = new CopyOnWriteArrayList<>();

    SpanData named(String name) {
      return all.stream().filter(span -> span.getName().equals(name)).findFirst().orElseThrow();
    }

    SpanData withId(String id) {
      return all.stream().filter(span -> span.getSpanId().equals(id)).findFirst().orElseThrow();
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> exported) {
      all.addAll(exported);
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
