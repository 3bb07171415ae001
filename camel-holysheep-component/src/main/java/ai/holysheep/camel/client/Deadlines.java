package ai.holysheep.camel.client;

import java.time.Duration;

/**
 * How long a call may make its route wait, without the time that the route itself takes; and how
 * long the route may leave a call alone. Zero switches one off.
 *
 * @param firstToken from sending the request to the first content
 * @param idle from one piece of content to the next
 * @param total all the waiting of the call together
 * @param abandoned from one part that the route took to the next one that it asks for
 */
public record Deadlines(Duration firstToken, Duration idle, Duration total, Duration abandoned) {

  /** How much longer than its first token the whole of an answer may take. */
  private static final int WHOLE_ANSWER_FACTOR = 10;

  /** The same, for a call whose answer comes all at once when its last token is there. */
  Deadlines forWholeAnswer() {
    return new Deadlines(firstToken.multipliedBy(WHOLE_ANSWER_FACTOR), idle, total, abandoned);
  }
}
