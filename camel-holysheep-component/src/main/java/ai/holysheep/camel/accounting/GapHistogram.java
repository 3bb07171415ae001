package ai.holysheep.camel.accounting;

import ai.holysheep.camel.chat.Gaps;
import java.time.Duration;

/**
 * Counts times by their length, in steps of an eighth of their power of two: a figure of any size
 * is known to within 12.5 %, in a kilobyte, and none of them makes garbage. Not thread-safe.
 */
final class GapHistogram {

  private static final int STEP_BITS = 3;
  private static final int STEPS = 1 << STEP_BITS;

  /** What is shorter than 2^13 ns, about 8 us, is not told apart. */
  private static final int LEAST_BITS = 13;

  /** What is longer than 2^42 ns, more than an hour, is not told apart. */
  private static final int MOST_BITS = 42;

  private final int[] counts = new int[(MOST_BITS - LEAST_BITS) * STEPS + 1];
  private long count;
  private long totalNanos;
  private long longestNanos;

  void add(long nanos) {
    counts[bucket(nanos)]++;
    count++;
    totalNanos += nanos;
    longestNanos = Math.max(longestNanos, nanos);
  }

  private static int bucket(long nanos) {
    if (nanos < 1L << LEAST_BITS) {
      return 0;
    }
    if (nanos >= 1L << MOST_BITS) {
      return (MOST_BITS - LEAST_BITS) * STEPS;
    }
    int bits = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos);
    int step = (int) (nanos >>> (bits - STEP_BITS)) & STEPS - 1;
    return (bits - LEAST_BITS) * STEPS + step + 1;
  }

  /** The end of a bucket, which nothing in it exceeds. */
  private static long endNanos(int bucket) {
    if (bucket == 0) {
      return 1L << LEAST_BITS;
    }
    int bits = (bucket - 1) / STEPS + LEAST_BITS;
    int step = (bucket - 1) % STEPS;
    return (long) (STEPS + step + 1) << (bits - STEP_BITS);
  }

  Gaps gaps() {
    return new Gaps(
        count,
        Duration.ofNanos(totalNanos),
        Duration.ofNanos(quantileNanos(0.5)),
        Duration.ofNanos(quantileNanos(0.99)),
        Duration.ofNanos(longestNanos));
  }

  private long quantileNanos(double share) {
    long rank = (long) Math.ceil(share * count);
    long seen = 0;
    // What is in the last bucket has no bound but the longest.
    for (int i = 0; i < counts.length - 1; i++) {
      seen += counts[i];
      if (seen >= rank) {
        return Math.min(endNanos(i), longestNanos);
      }
    }
    return longestNanos;
  }
}
