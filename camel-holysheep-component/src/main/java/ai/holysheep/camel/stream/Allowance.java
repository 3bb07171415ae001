package ai.holysheep.camel.stream;

import ai.holysheep.camel.error.LimitExceededException;

/**
 * How much of its answer a call may still keep, all its choices together. Texts and tool calls have
 * the same allowance, but each its own: a tool call that follows a long text can still be joined.
 */
final class Allowance {

  private final int most;
  private int textLeft;
  private int toolCallsLeft;
  private boolean exceeded;

  Allowance(int most) {
    this.most = most;
    this.textLeft = most;
    this.toolCallsLeft = most;
  }

  /** How many of so many characters of text may be kept; after a text that was cut, none. */
  int takeForText(int characters) {
    int fitting = Math.min(characters, textLeft);
    exceeded |= fitting < characters;
    textLeft -= fitting;
    return fitting;
  }

  /** Whether so many characters of a tool call may be kept; all or none. */
  boolean takeForToolCall(int characters) {
    boolean fits = characters <= toolCallsLeft;
    exceeded |= !fits;
    toolCallsLeft -= fits ? characters : 0;
    return fits;
  }

  LimitExceededException toolCallsTooLong() {
    return new LimitExceededException(
        "the tool calls have more than " + most + " characters (option 'maxKeptCharacters')");
  }

  /** The tool calls that were kept are no longer. */
  void forgetToolCalls() {
    toolCallsLeft = most;
  }

  /** Whether more has come than is kept. */
  boolean isExceeded() {
    return exceeded;
  }
}
