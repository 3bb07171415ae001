package ai.holysheep.camel.observe;

import ai.holysheep.camel.chat.Cost;
import ai.holysheep.camel.chat.Latency;
import ai.holysheep.camel.chat.Usage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps Micrometer's meters. Names, attributes and the bounds of histograms are those of
 * OpenTelemetry's conventions for generative AI.
 */
public final class MeterObserver implements CallObserver {

  private static final Duration[] DURATIONS =
      seconds(
          0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92);
  private static final Duration[] TIMES_TO_FIRST_CHUNK =
      seconds(
          0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5,
          10.0);
  private static final Duration[] TIMES_PER_CHUNK =
      seconds(0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1.0, 2.5);
  private static final double[] TOKENS = {
    1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864
  };

  /** The name under which camel-micrometer binds its registry. */
  private static final String USUAL_NAME = "metricsRegistry";

  private final MeterRegistry meters;
  private final AtomicInteger activeCount = new AtomicInteger();

  private MeterObserver(MeterRegistry meters) {
    this.meters = meters;
    Gauge.builder(GenAiNames.ACTIVE_STREAMS, activeCount, AtomicInteger::get)
        .description("Calls to models that are under way")
        .register(meters);
  }

  /** One that keeps the meters of the registry among the beans; of none where there is none. */
  public static CallObserver of(Beans beans) {
    MeterRegistry meters = beans.find(USUAL_NAME, MeterRegistry.class);
    return meters == null ? NONE : new MeterObserver(meters);
  }

  @Override
  public CallObservation begun(ObservedCall call) {
    return new Measured(call);
  }

  private static Duration[] seconds(double... seconds) {
    return DoubleStream.of(seconds)
        .mapToObj(each -> Duration.ofNanos(Math.round(each * 1e9)))
        .toArray(Duration[]::new);
  }

  private final class Measured implements CallObservation {

    private final Tags tags;
    private @Nullable Timer perChunk;

    Measured(ObservedCall call) {
      this.tags =
          Tags.of(
              GenAiNames.OPERATION_NAME,
              GenAiNames.CHAT,
              GenAiNames.PROVIDER_NAME,
              GenAiNames.HOLYSHEEP,
              GenAiNames.REQUEST_MODEL,
              call.model(),
              GenAiNames.SERVER_ADDRESS,
              String.valueOf(call.baseUrl().getHost()),
              GenAiNames.SERVER_PORT,
              String.valueOf(GenAiNames.port(call.baseUrl())),
              GenAiNames.ROUTE_ID,
              orNone(call.routeId()));
      activeCount.incrementAndGet();
    }

    @Override
    public void firstPiece() {
      perChunk =
          Timer.builder(GenAiNames.TIME_PER_OUTPUT_CHUNK)
              .description("How long a piece of an answer made others wait after the one before")
              .serviceLevelObjectives(TIMES_PER_CHUNK)
              .tags(tags)
              .register(meters);
    }

    @Override
    public void piece(long gapNanos) {
      Timer known = perChunk;
      if (known != null) {
        known.record(gapNanos, TimeUnit.NANOSECONDS);
      }
    }

    @Override
    public void retried(RuntimeException failure, Duration pause, boolean goesOn) {
      Counter.builder(GenAiNames.RECONNECTS)
          .description("Tries that failed and were followed by another")
          .tags(tags.and(GenAiNames.ERROR_TYPE, failure.getClass().getSimpleName()))
          .register(meters)
          .increment();
    }

    @Override
    public void ended(CallOutcome outcome) {
      activeCount.decrementAndGet();
      Tags all = tags.and(GenAiNames.RESPONSE_MODEL, orNone(outcome.responseModel()));
      note(outcome.latency(), all, orNone(outcome.errorType()));
      if (outcome.usage() != null) {
        note(outcome.usage(), all);
      }
    }

    private void note(Latency latency, Tags all, String errorType) {
      timer(GenAiNames.DURATION, "How long calls to models took", DURATIONS)
          .tags(all.and(GenAiNames.ERROR_TYPE, errorType))
          .register(meters)
          .record(latency.duration());
      if (latency.firstToken() != null) {
        timer(
                GenAiNames.TIME_TO_FIRST_CHUNK,
                "How long the first piece of an answer took",
                TIMES_TO_FIRST_CHUNK)
            .tags(all)
            .register(meters)
            .record(latency.firstToken());
      }
      timer(GenAiNames.RECONNECTING_TIME, "How much of the duration went into trying again")
          .tags(all)
          .register(meters)
          .record(latency.reconnecting());
      timer(GenAiNames.ROUTE_TIME, "How much of the duration the route was busy with the parts")
          .tags(all)
          .register(meters)
          .record(latency.inRoute());
      if (latency.isBurst()) {
        Counter.builder(GenAiNames.BURSTS)
            .description("Answers that came all at once after a long wait")
            .tags(tags)
            .register(meters)
            .increment();
      }
    }

    private void note(Usage usage, Tags all) {
      tokens(GenAiNames.INPUT, usage.promptTokens(), all);
      tokens(GenAiNames.OUTPUT, usage.completionTokens(), all);
      Cost cost = usage.cost();
      if (cost != null) {
        Counter.builder(GenAiNames.COST)
            .description("What calls to models cost")
            .tags(
                all.and(
                    GenAiNames.COST_CURRENCY,
                    cost.currency(),
                    GenAiNames.COST_SOURCE,
                    cost.source().word()))
            .register(meters)
            .increment(cost.amount().doubleValue());
      }
    }

    private void tokens(String type, @Nullable Long tokens, Tags all) {
      if (tokens != null) {
        DistributionSummary.builder(GenAiNames.TOKEN_USAGE)
            .description("Tokens of the input and of the output")
            .serviceLevelObjectives(TOKENS)
            .tags(all.and(GenAiNames.TOKEN_TYPE, type))
            .register(meters)
            .record(tokens);
      }
    }

    private static Timer.Builder timer(String name, String description, Duration... bounds) {
      Timer.Builder timer = Timer.builder(name).description(description);
      return bounds.length == 0 ? timer : timer.serviceLevelObjectives(bounds);
    }

    private static String orNone(@Nullable String value) {
      return value == null ? GenAiNames.NONE : value;
    }
  }
}
