package ai.holysheep.camel.benchmarks.load;

import ai.holysheep.camel.benchmarks.reading.Measurement;
import ai.holysheep.camel.benchmarks.reading.Target;
import ai.holysheep.camel.benchmarks.reading.Way;
import ai.holysheep.camel.benchmarks.report.Run;
import ai.holysheep.camel.benchmarks.report.Run.Micros;
import ai.holysheep.camel.benchmarks.ways.Ways;
import ai.holysheep.camel.simulator.load.Load;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.time.Duration;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** One run, in the process that is measured. Prints the result as its last line. */
public final class LoadWorker {

  /** Before the line of the result. */
  static final String RESULT = "RESULT ";

  private static final Duration LONGEST_RAMP = Duration.ofSeconds(10);

  /** How long streams may take to their ends after all their tokens were due. */
  private static final Duration GRACE = Duration.ofSeconds(60);

  private static final double NANOS_PER_MICRO = 1000;

  private final Scenario scenario;
  private final Ways ways;
  private final URI baseUrl;
  private final Duration warmUp;
  private final Duration window;
  private final Meter meter = new Meter();
  private final Measurement measurement = new Measurement();

  private LoadWorker(Scenario scenario, Ways ways, URI baseUrl, Duration warmUp, Duration window) {
    this.scenario = scenario;
    this.ways = ways;
    this.baseUrl = baseUrl;
    this.warmUp = warmUp;
    this.window = window;
  }

  /**
   * Measures.
   *
   * @param args the scenario, the way, the address of the server, the seconds of the warm-up and of
   *     the window
   */
  public static void main(String[] args) throws Exception {
    LoadWorker worker =
        new LoadWorker(
            Scenario.of(args[0]),
            Ways.of(args[1]),
            URI.create(args[2]),
            Duration.ofSeconds(Long.parseLong(args[3])),
            Duration.ofSeconds(Long.parseLong(args[4])));
    System.out.println(RESULT + new ObjectMapper().writeValueAsString(worker.run()));
    // Not all libraries let the process end by itself.
    System.exit(0);
  }

  private Run run() throws Exception {
    Load load = scenario.load(warmUp.plus(window));
    Way way = ways.open(new Target(baseUrl, load.model(), scenario.streams()));
    Streams streams =
        new Streams(way, scenario.streams(), scenario.isPaced(), load.tokens(), measurement);
    long heapBefore = meter.liveHeapBytes();
    Duration half = warmUp.dividedBy(2);
    streams.start(half.compareTo(LONGEST_RAMP) < 0 ? half : LONGEST_RAMP);
    Thread.sleep(warmUp.toMillis());
    Usage used = measure();
    double heapPerStream =
        scenario.isPaced() ? (meter.liveHeapBytes() - heapBefore) / 1024.0 / scenario.streams() : 0;
    streams.stop();
    boolean ended = streams.awaitEnds(GRACE);
    Run run = result(used, streams, heapPerStream, failure(streams, ended));
    way.close();
    return run;
  }

  /** What was used up while the window was open. */
  private record Usage(long nanos, long cpuNanos, long allocatedBytes) {}

  private Usage measure() throws InterruptedException {
    long allocatedBefore = meter.allocatedBytes();
    long cpuBefore = meter.cpuNanos();
    long begun = System.nanoTime();
    measurement.open();
    Thread.sleep(window.toMillis());
    measurement.close();
    long nanos = System.nanoTime() - begun;
    long cpu = meter.cpuNanos() - cpuBefore;
    return new Usage(nanos, cpu, meter.allocatedBytes() - allocatedBefore);
  }

  private @Nullable String failure(Streams streams, boolean ended) {
    if (streams.failure() != null) {
      return streams.failed() + " answers failed, the first: " + streams.failure();
    }
    if (!ended) {
      return streams.unfinished()
          + " streams were not at their end after "
          + GRACE.toSeconds()
          + " s";
    }
    return measurement.tokens() == 0 ? "nothing came" : null;
  }

  private Run result(Usage used, Streams streams, double heapPerStream, @Nullable String failure) {
    double tokens = Math.max(1, measurement.tokens());
    return new Run(
        scenario.word(),
        ways.word(),
        0,
        scenario.streams(),
        used.nanos() / 1e9,
        measurement.tokens(),
        scenario.isPaced() ? Math.round(scenario.due(window)) : 0,
        used.cpuNanos() / NANOS_PER_MICRO / tokens,
        Math.max(0, used.allocatedBytes() / tokens),
        scenario.isPaced() ? micros(measurement.latencies()) : Micros.NONE,
        micros(measurement.firstTokens()),
        streams.done(),
        streams.failed(),
        meter.peakThreads(),
        meter.peakMegabytes(),
        heapPerStream,
        failure);
  }

  private static Micros micros(Histogram nanos) {
    return new Micros(
        nanos.getValueAtPercentile(50) / NANOS_PER_MICRO,
        nanos.getValueAtPercentile(99) / NANOS_PER_MICRO,
        nanos.getValueAtPercentile(99.9) / NANOS_PER_MICRO);
  }
}
