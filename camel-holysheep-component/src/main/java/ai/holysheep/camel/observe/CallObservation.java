package ai.holysheep.camel.observe;

import java.time.Duration;

/**
 * Is told what comes of one call, of one thing after the other, by whatever thread the call is on;
 * the end may come from another thread meanwhile. Must not wait.
 */
public interface CallObservation {

  /** Is interested in nothing. */
  CallObservation NONE = new CallObservation() {};

  /** The first piece of the answer has come; not told of an answer that comes as a whole. */
  default void firstPiece() {}

  /**
   * A further piece of the answer has come; told for each token, so it must be quick.
   *
   * @param gapNanos how long it made others wait after the one before
   */
  default void piece(long gapNanos) {}

  /**
   * A try has failed, and there will be another.
   *
   * @param pause how long it is waited before that
   * @param goesOn whether it lets the model go on after what has come, instead of beginning anew
   */
  default void retried(RuntimeException failure, Duration pause, boolean goesOn) {}

  /** The call is over; told once. */
  default void ended(CallOutcome outcome) {}
}
