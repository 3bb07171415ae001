package ai.holysheep.camel.benchmarks.scaling;

import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;

/**
 * A node as a queue: work comes at random moments, is done by the first core that is free, in the
 * order in which it came, and takes a time that is exponentially distributed around what was
 * measured. Tokens of many streams that know nothing of each other come like that, and measured
 * times vary less; so a node is not better than its model, as far as queues go.
 */
final class NodeModel {

  /** How long work waits for a core. */
  record Waiting(double meanMicros, double p50Micros, double p99Micros) {}

  private static final long LONGEST_MICROS = 3_600_000_000L;

  /** Before the queue is as long as it mostly is, nothing is recorded. */
  private static final double WARM_UP_SHARE = 0.1;

  private final Figures figures;
  private final long seed;

  /**
   * @param seed the same one gives the same results
   */
  NodeModel(Figures figures, long seed) {
    this.figures = figures;
    this.seed = seed;
  }

  /** Lets so many pieces of work come, as they do with so many streams. */
  Waiting of(int streams, int pieces) {
    SplittableRandom random = new SplittableRandom(seed);
    double tokens = streams * figures.tokensPerSecond();
    double calls = figures.callsPerSecond(streams);
    double gapMicros = 1e6 / (tokens + calls);
    PriorityQueue<Double> freeAt = new PriorityQueue<>();
    for (int core = 0; core < figures.cores(); core++) {
      freeAt.add(0.0);
    }
    Histogram waits = new Histogram(LONGEST_MICROS, 3);
    double sum = 0;
    double now = 0;
    for (int piece = 0; piece < pieces; piece++) {
      now += exponential(random, gapMicros);
      boolean isCall = random.nextDouble() * (tokens + calls) < calls;
      double mean = isCall ? figures.cpuMicrosPerCall() : figures.cpuMicrosPerToken();
      double begins = Math.max(now, freeAt.remove());
      freeAt.add(begins + exponential(random, mean));
      if (piece >= pieces * WARM_UP_SHARE) {
        sum += begins - now;
        waits.recordValue(Math.min(LONGEST_MICROS, Math.round(begins - now)));
      }
    }
    return new Waiting(
        sum / waits.getTotalCount(),
        waits.getValueAtPercentile(50),
        waits.getValueAtPercentile(99));
  }

  private static double exponential(SplittableRandom random, double mean) {
    return -mean * Math.log(1 - random.nextDouble());
  }
}
