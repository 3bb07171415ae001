package ai.holysheep.camel.benchmarks.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Checks of answers that count into an open measurement. */
public final class Measured {

  private static final int LONGEST_SECONDS = 60;

  private final Measurement measurement = new Measurement();
  private final List<CompletableFuture<StreamCheck>> ends = new ArrayList<>();

  public Measured() {
    measurement.open();
  }

  /** The check of a further answer. */
  public StreamCheck check(int tokens) {
    CompletableFuture<StreamCheck> end = new CompletableFuture<>();
    ends.add(end);
    return new StreamCheck(tokens, measurement, end::complete);
  }

  /** Waits for the ends of all answers, and tells what was wrong with them. */
  public List<String> failures() throws Exception {
    List<String> failures = new ArrayList<>();
    for (CompletableFuture<StreamCheck> end : ends) {
      String failure = end.get(LONGEST_SECONDS, TimeUnit.SECONDS).failure();
      if (failure != null) {
        failures.add(failure);
      }
    }
    return failures;
  }

  /** How many tokens were counted. */
  public long tokens() {
    return measurement.tokens();
  }

  /** From the server's write to the reader, in nanoseconds. */
  public Histogram latencies() {
    return measurement.latencies();
  }
}
