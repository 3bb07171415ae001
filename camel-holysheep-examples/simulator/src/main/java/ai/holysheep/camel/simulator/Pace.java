package ai.holysheep.camel.simulator;

/**
 * When a token is due, in nanoseconds after the request. The k-th moment does not depend on the one
 * before.
 */
record Pace(long firstTokenNanos, long intervalNanos) {

  static Pace of(SimulatedModel model, double factor) {
    return new Pace(
        Math.round(model.firstToken().toNanos() * factor),
        Math.round(model.tokenInterval().toNanos() * factor));
  }

  /** When the token of an index, from 0, is due. */
  long dueNanos(int token) {
    return firstTokenNanos + token * intervalNanos;
  }
}
