package ai.holysheep.camel.recovery;

/**
 * Keeps the further tries of many calls to one server in proportion to the calls that succeed, so
 * that a server in trouble is not asked several times as much as a healthy one. Thread-safe.
 */
public final class RetryBudget {

  /** So many calls that succeed earn one further try. */
  static final int SUCCESSES_PER_TRY = 10;

  private final long capacity;

  // Guarded by this; counted in successes.
  private long saved;

  /**
   * @param tries how many further tries are allowed at the start, and can be saved up at most; 0
   *     for as many as the calls want
   */
  public RetryBudget(int tries) {
    this.capacity = (long) tries * SUCCESSES_PER_TRY;
    this.saved = capacity;
  }

  /** Takes one further try; false where none is left. */
  public synchronized boolean take() {
    if (capacity > 0 && saved < SUCCESSES_PER_TRY) {
      return false;
    }
    saved -= capacity > 0 ? SUCCESSES_PER_TRY : 0;
    return true;
  }

  /** A call got its answer. */
  public synchronized void succeeded() {
    saved = Math.min(capacity, saved + 1);
  }
}
