package ai.holysheep.camel.recovery;

/** What to do when a stream fails of which parts have been handed on already. */
public enum Recovery {
  /** Let it fail; the exception carries what had come. */
  FAIL,
  /** Ask again from the start; an event says that what came before is void. */
  RESTART,
  /** Send back what had come, and let the model go on from there. */
  CONTINUE
}
