package ai.holysheep.camel.observe;

import ai.holysheep.camel.chat.FinishReason;
import ai.holysheep.camel.chat.Usage;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a span for each call, a child of the one that is current where the route asks. It begins
 * with the request and ends with the answer, long after the route's own step may have.
 */
public final class SpanObserver implements CallObserver {

  private static final String SCOPE = "ai.holysheep.camel";

  private final Tracer tracer;
  private final boolean withMessages;

  private SpanObserver(Tracer tracer, boolean withMessages) {
    this.tracer = tracer;
    this.withMessages = withMessages;
  }

  /**
   * One that uses the tracer or the OpenTelemetry among the beans, or else the global one.
   *
   * @param withMessages whether spans carry what was asked and answered
   */
  public static CallObserver of(Beans beans, boolean withMessages) {
    Tracer tracer = beans.find("tracer", Tracer.class);
    if (tracer == null) {
      OpenTelemetry telemetry = beans.find("openTelemetry", OpenTelemetry.class);
      tracer = (telemetry == null ? global() : telemetry).getTracer(SCOPE);
    }
    return new SpanObserver(tracer, withMessages);
  }

  /** Who only asks for the global one must not decide, for all others too, that there is none. */
  private static OpenTelemetry global() {
    try {
      return GlobalOpenTelemetry.getOrNoop();
    } catch (NoSuchMethodError e) {
      // An older version, which has no other way.
      return GlobalOpenTelemetry.get();
    }
  }

  @Override
  public CallerContext callerContext() {
    return new Current(Context.current());
  }

  @Override
  public CallObservation begun(ObservedCall call) {
    Context parent = call.caller() instanceof Current current ? current.context() : Context.root();
    Span span =
        tracer
            .spanBuilder(GenAiNames.CHAT + " " + call.model())
            .setParent(parent)
            .setSpanKind(SpanKind.CLIENT)
            // Those that a sampler may look at.
            .setAttribute(GenAiNames.OPERATION_NAME, GenAiNames.CHAT)
            .setAttribute(GenAiNames.PROVIDER_NAME, GenAiNames.HOLYSHEEP)
            .setAttribute(GenAiNames.REQUEST_MODEL, call.model())
            .setAttribute(GenAiNames.SERVER_ADDRESS, String.valueOf(call.baseUrl().getHost()))
            .setAttribute(GenAiNames.SERVER_PORT, GenAiNames.port(call.baseUrl()))
            .startSpan();
    if (!span.isRecording()) {
      return CallObservation.NONE;
    }
    span.setAttribute(GenAiNames.REQUEST_STREAM, call.streaming());
    span.setAttribute(GenAiNames.STREAM_ID, call.streamId());
    if (call.routeId() != null) {
      span.setAttribute(GenAiNames.ROUTE_ID, call.routeId());
    }
    if (withMessages) {
      span.setAttribute(GenAiNames.INPUT_MESSAGES, call.inputMessages().get());
    }
    return new Traced(span);
  }

  private record Current(Context context) implements CallerContext {}

  private final class Traced implements CallObservation {

    private final Span span;

    Traced(Span span) {
      this.span = span;
    }

    @Override
    public void firstPiece() {
      span.addEvent(GenAiNames.FIRST_TOKEN_EVENT);
    }

    @Override
    public void retried(RuntimeException failure, Duration pause, boolean goesOn) {
      span.addEvent(
          GenAiNames.RETRY_EVENT,
          Attributes.of(
              AttributeKey.stringKey(GenAiNames.ERROR_TYPE), failure.getClass().getSimpleName(),
              AttributeKey.longKey("pause.millis"), pause.toMillis(),
              AttributeKey.booleanKey("goes.on"), goesOn));
    }

    @Override
    public void ended(CallOutcome outcome) {
      noteAnswer(outcome);
      if (outcome.usage() != null) {
        noteUsage(outcome.usage());
      }
      Duration firstToken = outcome.latency().firstToken();
      if (firstToken != null) {
        span.setAttribute(GenAiNames.RESPONSE_TIME_TO_FIRST_CHUNK, firstToken.toNanos() / 1e9);
      }
      span.setAttribute(GenAiNames.RECONNECT_COUNT, outcome.reconnectCount());
      put(GenAiNames.REQUEST_ID, outcome.requestId());
      String errorType = outcome.errorType();
      if (errorType != null) {
        span.setAttribute(GenAiNames.ERROR_TYPE, errorType);
        noteFailure(outcome);
      }
      if (withMessages) {
        span.setAttribute(GenAiNames.OUTPUT_MESSAGES, outcome.outputMessages().get());
      }
      span.addEvent(GenAiNames.END_EVENT);
      span.end();
    }

    /** Who does not want the rest of an answer has met no error. */
    private void noteFailure(CallOutcome outcome) {
      if (outcome.ending() == CallOutcome.Ending.FAILED) {
        RuntimeException failure = outcome.failure();
        String message = failure == null ? null : failure.getMessage();
        span.setStatus(StatusCode.ERROR, message == null ? "" : message);
      }
    }

    private void noteAnswer(CallOutcome outcome) {
      put(GenAiNames.RESPONSE_ID, outcome.responseId());
      put(GenAiNames.RESPONSE_MODEL, outcome.responseModel());
      if (outcome.ending() == CallOutcome.Ending.COMPLETE) {
        span.setAttribute(
            AttributeKey.stringArrayKey(GenAiNames.FINISH_REASONS),
            outcome.finishReasons().stream().map(FinishReason::word).toList());
      }
    }

    private void noteUsage(Usage usage) {
      put(GenAiNames.INPUT_TOKENS, usage.promptTokens());
      put(GenAiNames.OUTPUT_TOKENS, usage.completionTokens());
      put(GenAiNames.CACHE_READ_INPUT_TOKENS, usage.cachedTokens());
      put(GenAiNames.REASONING_OUTPUT_TOKENS, usage.reasoningTokens());
      if (usage.cost() != null) {
        span.setAttribute(GenAiNames.COST, usage.cost().amount().doubleValue());
        span.setAttribute(GenAiNames.COST_CURRENCY, usage.cost().currency());
        span.setAttribute(GenAiNames.COST_SOURCE, usage.cost().source().word());
      }
    }

    private void put(String name, @Nullable String value) {
      if (value != null) {
        span.setAttribute(name, value);
      }
    }

    private void put(String name, @Nullable Long value) {
      if (value != null) {
        span.setAttribute(name, value.longValue());
      }
    }
  }
}
