package ai.holysheep.camel.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.holysheep.camel.HolySheepComponent;
import ai.holysheep.camel.HolySheepConstants;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Spans of calls, as OpenTelemetry's SDK exports them. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TracingTest extends StreamRouteTestSupport {

  private final Spans spans = new Spans();
  private final SdkTracerProvider provider =
      SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(spans)).build();

  @Override
  protected CamelContext createCamelContext() throws Exception {
    CamelContext camel = super.createCamelContext();
    camel.getRegistry().bind("tracer", provider.get("camel"));
    return camel;
  }

  @AfterEach
  void closeProvider() {
    provider.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "holysheep:chat?stream=true",
        "holysheep:chat?coalesce=words&coalesceTimeout=60000&stream=true",
        "holysheep:chat?streamTo=seda:parts",
        "holysheep:agent?session=s1"
      })
  void callIsAChildOfTheSpanThatIsCurrentWhereTheRouteAsks(String way) throws Exception {
    server.then(StreamRouteTestSupport::hello);
    String endpoint = way + "&model=test-model&apiKey=key-1&baseUrl=" + server.baseUrl();
    Span asking = provider.get("test").spanBuilder("asking").startSpan();
    routes(rb -> rb.from("direct:ask").to(endpoint).convertBodyTo(String.class));
    try (Scope current = asking.makeCurrent()) {
      assertThat(current).isNotNull();
      template.requestBody("direct:ask", "Hi");
    }
    SpanData call = call();
    assertThat(call.getName()).isEqualTo("chat test-model");
    assertThat(call.getKind()).isEqualTo(SpanKind.CLIENT);
    assertThat(call.getParentSpanId()).isEqualTo(asking.getSpanContext().getSpanId());
    assertThat(call.getTraceId()).isEqualTo(asking.getSpanContext().getTraceId());
    assertThat(call.getEndEpochNanos()).isGreaterThan(call.getStartEpochNanos());
  }

  @Test
  void callWithoutACurrentSpanBeginsATrace() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    split(ask());
    assertThat(call().getParentSpanContext().isValid()).isFalse();
  }

  @Test
  void spanTellsWhatTheConventionsAskFor() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    split(ask());
    assertThat(text("gen_ai.operation.name")).isEqualTo("chat");
    assertThat(text("gen_ai.provider.name")).isEqualTo("holysheep");
    assertThat(text("gen_ai.request.model")).isEqualTo("test-model");
    assertThat(text("gen_ai.response.model")).isNotEmpty();
    assertThat(text("gen_ai.response.id")).isNotEmpty();
    assertThat(text("server.address")).isEqualTo("127.0.0.1");
    assertThat(call().getAttributes().get(AttributeKey.longKey("server.port"))).isPositive();
    assertThat(call().getAttributes().get(AttributeKey.longKey("gen_ai.usage.input_tokens")))
        .isEqualTo(7);
    assertThat(call().getAttributes().get(AttributeKey.longKey("gen_ai.usage.output_tokens")))
        .isEqualTo(3);
    assertThat(
            call()
                .getAttributes()
                .get(AttributeKey.stringArrayKey("gen_ai.response.finish_reasons")))
        .containsExactly("stop");
    assertThat(
            call()
                .getAttributes()
                .get(AttributeKey.doubleKey("gen_ai.response.time_to_first_chunk")))
        .isPositive();
    assertThat(text("camel.holysheep.stream.id"))
        .isEqualTo(messages().get(0).getHeader(HolySheepConstants.STREAM_ID));
    assertThat(call().getEvents())
        .extracting(EventData::getName)
        .containsExactly("first token", "end");
  }

  @Test
  void everyAttributeIsInTheReference() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    split(ask());
    String page = Files.readString(Path.of("..", "docs", "reference", "observability.md"));
    assertThat(call().getAttributes().asMap().keySet())
        .hasSizeGreaterThan(12)
        .allSatisfy(key -> assertThat(page).contains("`" + key.getKey() + "`"));
  }

  @Test
  void whatWasSaidIsNotInTheSpan() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    split(ask());
    assertThat(call().getAttributes().asMap().values()).noneMatch(value -> "Hello".equals(value));
    assertThat(text("gen_ai.input.messages")).isNull();
    assertThat(text("gen_ai.output.messages")).isNull();
  }

  @Test
  void whatWasSaidIsInTheSpanWhereThatIsWanted() throws Exception {
    HolySheepComponent outspoken = new HolySheepComponent();
    outspoken.setCaptureMessageContent(true);
    context.addComponent("outspoken", outspoken);
    server.then(StreamRouteTestSupport::hello);
    split(ask().replace("holysheep:", "outspoken:"));
    assertThat(text("gen_ai.input.messages")).contains("\"content\":\"Hi\"");
    assertThat(text("gen_ai.output.messages"))
        .contains("\"content\":\"Hello\"")
        .contains("\"finish_reason\":\"stop\"");
  }

  @Test
  void failedCallIsAnError() throws Exception {
    server.then(peer -> peer.document(401, "application/json", "{}"));
    assertThatThrownBy(() -> split(ask())).isNotNull();
    assertThat(text("error.type")).isEqualTo("AuthenticationFailedException");
    assertThat(call().getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(call().getStatus().getDescription()).contains("401").doesNotContain("key-1");
  }

  @Test
  void furtherTryIsAnEventOfTheSameSpan() throws Exception {
    server.then(peer -> peer.document(503, "application/json", "{}"));
    server.then(StreamRouteTestSupport::hello);
    split(askAgain(1));
    assertThat(call().getEvents())
        .extracting(EventData::getName)
        .containsExactly("retry", "first token", "end");
  }

  @Test
  void componentWithoutTracingHasNoSpans() throws Exception {
    HolySheepComponent silent = new HolySheepComponent();
    silent.setTracingEnabled(false);
    context.addComponent("silent", silent);
    server.then(StreamRouteTestSupport::hello);
    split(ask().replace("holysheep:", "silent:"));
    assertThat(texts(3)).hasSize(3);
    assertThat(spans.all).isEmpty();
  }

  private void split(String endpoint) throws Exception {
    routes(
        rb -> rb.from("direct:ask").to(endpoint).split(body()).streaming().to("mock:parts").end());
    template.requestBody("direct:ask", "Hi");
  }

  private SpanData call() {
    List<SpanData> calls =
        spans.all.stream().filter(span -> span.getName().startsWith("chat")).toList();
    assertThat(calls).hasSize(1);
    return calls.get(0);
  }

  private String text(String attribute) {
    return call().getAttributes().get(AttributeKey.stringKey(attribute));
  }

  /** Keeps the spans that are exported. */
  private static final class Spans implements SpanExporter {

    private final List<SpanData> all = new CopyOnWriteArrayList<>();

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
