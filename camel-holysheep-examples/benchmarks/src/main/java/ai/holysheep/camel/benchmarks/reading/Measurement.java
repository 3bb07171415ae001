package ai.holysheep.camel.benchmarks.reading;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * Counts what all streams of a run receive, and how late, while its window is open. Thread-safe.
 */
public final class Measurement {

  private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(5);

  private final LongAdder tokens = new LongAdder();
  private final Recorder latencies = new Recorder(LONGEST_NANOS, 3);
  private final Recorder firstTokens = new Recorder(LONGEST_NANOS, 3);
  private volatile boolean open;

  /** From now on, all counts. */
  public void open() {
    tokens.reset();
    open = true;
  }

  /** From now on, nothing counts. */
  public void close() {
    open = false;
  }

  void tokens(int count, long latencyNanos) {
    if (open) {
      tokens.add(count);
      latencies.recordValue(withinReach(latencyNanos));
    }
  }

  void firstToken(long nanos) {
    if (open) {
      firstTokens.recordValue(withinReach(nanos));
    }
  }

  private static long withinReach(long nanos) {
    return Math.max(0, Math.min(nanos, LONGEST_NANOS));
  }

  /** How many tokens came while the window was open. */
  public long tokens() {
    return tokens.sum();
  }

  /** From the server's write to the reader, in nanoseconds. */
  public Histogram latencies() {
    return latencies.getIntervalHistogram();
  }

  /** From the question to the first token, in nanoseconds. */
  public Histogram firstTokens() {
    return firstTokens.getIntervalHistogram();
  }
}
