package ai.holysheep.camel.benchmarks.report;

import org.jspecify.annotations.Nullable;

/**
 * What one run has measured. Where a figure makes no sense in the scenario, it is 0.
 *
 * @param scenario the name of what was asked
 * @param way the name of the way that was measured
 * @param round which round of all, from 1
 * @param streams how many answers came at the same time
 * @param seconds how long was measured, after the warm-up
 * @param tokens how many tokens came in that time; of plain calls, how many calls
 * @param due how many tokens the pace made due in that time; 0 where there was no pace
 * @param cpuMicrosPerToken CPU time of the whole process, the JVM's own threads included
 * @param allocatedBytesPerToken what its threads have allocated
 * @param latency from the server's write to the reader, of tokens at a pace
 * @param firstToken from the question to the first token of an answer, or to the whole answer of a
 *     plain call
 * @param answersDone how many answers came to their end as they should, in the whole run
 * @param answersFailed how many did not
 * @param peakThreads most live threads
 * @param peakMegabytes most resident memory of the process, in MiB
 * @param heapKilobytesPerStream what a stream that is open keeps in the heap, in KiB
 * @param failure what went wrong; null where nothing did
 */
public record Run(
    String scenario,
    String way,
    int round,
    int streams,
    double seconds,
    long tokens,
    long due,
    double cpuMicrosPerToken,
    double allocatedBytesPerToken,
    Micros latency,
    Micros firstToken,
    int answersDone,
    int answersFailed,
    int peakThreads,
    long peakMegabytes,
    double heapKilobytesPerStream,
    @Nullable String failure) {

  /** Quantiles of times, in microseconds. */
  public record Micros(double p50, double p99, double p999) {
    /** Of nothing. */
    public static final Micros NONE = new Micros(0, 0, 0);
  }

  /** The same, as a run of this round. */
  public Run inRound(int number) {
    return new Run(
        scenario,
        way,
        number,
        streams,
        seconds,
        tokens,
        due,
        cpuMicrosPerToken,
        allocatedBytesPerToken,
        latency,
        firstToken,
        answersDone,
        answersFailed,
        peakThreads,
        peakMegabytes,
        heapKilobytesPerStream,
        failure);
  }

  /** How many tokens came per second. */
  public double tokensPerSecond() {
    return seconds == 0 ? 0 : tokens / seconds;
  }

  /** The share of what was due that came; 0 where there was no pace. */
  public double delivered() {
    return due == 0 ? 0 : (double) tokens / due;
  }

  /** Whether all came as it should. */
  public boolean isGood() {
    return failure == null;
  }
}
