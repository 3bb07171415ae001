package ai.holysheep.camel.chat;

import java.time.Duration;

/**
 * How pieces of text and of reasoning are joined to parts.
 *
 * @param unit what they are joined to
 * @param size how many characters, words or sentences make a part; from 1
 * @param timeout how long text is held back at most while its part is not complete; zero for as
 *     long as it takes
 */
public record Coalescing(CoalescingUnit unit, int size, Duration timeout) {

  /** Each piece is a part. */
  public static final Coalescing NONE = new Coalescing(CoalescingUnit.NONE, 1, Duration.ZERO);
}
