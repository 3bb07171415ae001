package ai.holysheep.camel.benchmarks.micro;

import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * How many bytes a piece of work allocates, in the round that had the fewest. What is allocated
 * does not depend on how busy the machine is, but the first rounds have more of it, because they
 * load classes; so it is measured again until it is below its bound, or has been often enough.
 *
 * <p>The tests of this module run without escape analysis. With it, the compiler makes some objects
 * no more, but which ones differs from run to run by more than what is to be found out.
 */
final class Allocation {

  /** Some work that a number of chunks goes through. */
  interface Work {
    void run() throws Exception;
  }

  /** The name of the threads of the load server begins so. */
  static final String SERVER = "nioEventLoopGroup";

  /** The name of the threads that read for those who do not wait begins so. */
  static final String READER = "HolySheepReactor";

  private static final int MOST_ROUNDS = 10;
  private static final int MOST_BYTES = 1 << 30;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final LongSupplier allocatedBytes;

  private Allocation(LongSupplier allocatedBytes) {
    this.allocatedBytes = allocatedBytes;
  }

  /** Of work that is done by the thread that asks for it. */
  static Allocation ofThisThread() {
    long id = Thread.currentThread().getId();
    return new Allocation(() -> THREADS.getThreadAllocatedBytes(id));
  }

  /**
   * Of work that is done by whatever threads.
   *
   * @param others how the names of those threads begin whose work does not count
   */
  static Allocation ofThreadsBut(String... others) {
    return new Allocation(() -> allocatedByOthersThan(List.of(others)));
  }

  private static long allocatedByOthersThan(List<String> names) {
    long[] ids =
        Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
            .filter(Objects::nonNull)
            .filter(thread -> names.stream().noneMatch(thread.getThreadName()::startsWith))
            .mapToLong(ThreadInfo::getThreadId)
            .toArray();
    return Arrays.stream(THREADS.getThreadAllocatedBytes(ids)).filter(bytes -> bytes > 0).sum();
  }

  /**
   * Holds the bytes for a chunk below a bound.
   *
   * @param what is measured
   * @param allowed the most bytes for a chunk
   * @param chunks how many of them the work is for
   * @param chunksOfRound how many at least to measure at a time
   */
  void isBelow(String what, int allowed, int chunks, int chunksOfRound, Work work)
      throws Exception {
    long least = MOST_BYTES;
    for (int round = 0; round < MOST_ROUNDS && least > allowed; round++) {
      least = Math.min(least, round(chunks, chunksOfRound, work));
    }
    if (least > allowed) {
      fail(
          "%s: %s bytes are allocated for each chunk, %s are allowed. What was added to the way of"
                  .formatted(what, least, allowed)
              + " each token should do without objects, or be done once for each answer; if it is"
              + " worth its price, raise the bound in AllocationTest.");
    }
  }

  private long round(int chunks, int chunksOfRound, Work work) throws Exception {
    int runs = (chunksOfRound + chunks - 1) / chunks;
    long before = allocatedBytes.getAsLong();
    for (int run = 0; run < runs; run++) {
      work.run();
    }
    return (allocatedBytes.getAsLong() - before) / ((long) runs * chunks);
  }
}
