package ai.holysheep.camel.stream;

/** Where a call stands. It leaves {@link #OPEN} once and never comes back. */
public enum CallState {
  /** Events may come. */
  OPEN,
  /** The model had finished; the last event is {@code CallEnded}. */
  ENDED,
  /** Something went wrong; the last event is {@code CallFailed}. */
  FAILED
}
