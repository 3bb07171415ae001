package ai.holysheep.camel.benchmarks.report;

import java.util.function.ToDoubleFunction;

/** What can be compared of runs. */
enum Figure {
  TOKENS_PER_SECOND("k tokens/s", 1e3, Run::tokensPerSecond),
  CPU("CPU µs", 1, Run::cpuMicrosPerToken),
  ALLOCATED("allocated B", 1, Run::allocatedBytesPerToken),
  DELIVERED("delivered %", 0.01, Run::delivered),
  P50("p50 ms", 1e3, run -> run.latency().p50()),
  P99("p99 ms", 1e3, run -> run.latency().p99()),
  P999("p99.9 ms", 1e3, run -> run.latency().p999()),
  FIRST_P50("first p50 µs", 1, run -> run.firstToken().p50()),
  FIRST_P99("first p99 µs", 1, run -> run.firstToken().p99()),
  DONE("answers", 1, Run::answersDone),
  FAILED("failed", 1, Run::answersFailed),
  THREADS("threads", 1, Run::peakThreads),
  MEGABYTES("RSS MiB", 1, Run::peakMegabytes),
  HEAP("heap KiB/stream", 1, Run::heapKilobytesPerStream);

  private final String title;
  private final double unit;
  private final ToDoubleFunction<Run> value;

  Figure(String title, double unit, ToDoubleFunction<Run> value) {
    this.title = title;
    this.unit = unit;
    this.value = value;
  }

  /** What stands above its column. */
  String title() {
    return title;
  }

  /** The figure of a run, in the unit of the title. */
  double of(Run run) {
    return value.applyAsDouble(run) / unit;
  }
}
