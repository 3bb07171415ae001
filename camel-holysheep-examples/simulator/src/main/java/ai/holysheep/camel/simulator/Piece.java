package ai.holysheep.camel.simulator;

/**
 * One token of an answer.
 *
 * @param call which tool call it belongs to; 0 where there is none
 * @param text the token; for {@link Kind#CALL} the name of the function
 */
record Piece(Kind kind, int call, String text) {

  /** Where a token belongs. */
  enum Kind {
    REASONING,
    CONTENT,
    CALL,
    ARGUMENTS
  }
}
