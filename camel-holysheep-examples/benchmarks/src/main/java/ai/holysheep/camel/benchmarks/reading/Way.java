package ai.holysheep.camel.benchmarks.reading;

/** A way to read answers. Thread-safe; whoever opened it closes it. */
public interface Way extends AutoCloseable {

  /**
   * Asks for one answer, and tells the check all that comes of it, to its end. Whether it waits for
   * that or returns at once is a matter of the way.
   *
   * @throws Exception as an end that the check has not been told of yet
   */
  void read(StreamCheck check) throws Exception;

  /** Whether {@link #read} waits for the end of the answer, so that each answer needs a thread. */
  boolean isWaiting();

  @Override
  void close();
}
