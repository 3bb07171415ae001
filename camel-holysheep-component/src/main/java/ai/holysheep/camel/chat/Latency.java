package ai.holysheep.camel.chat;

import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a call took, and who took the time.
 *
 * @param duration from the request to the end of the answer
 * @param firstToken from the request to the first piece of the answer; null where it did not come
 *     in pieces
 * @param reconnecting how much of the duration went into trying again: the pauses, and the wait for
 *     the first piece of a further try
 * @param inRoute how much of the duration those who take the parts were busy with them, or with
 *     something else, while nobody waited for the server
 * @param gaps how long the pieces after the first made others wait; null where there was only one
 * @param tokensPerSecond the tokens of the answer after the first piece, by the time from the first
 *     piece to the last, so that a slow route lowers it; null where that is too short to tell
 */
public record Latency(
    Duration duration,
    @Nullable Duration firstToken,
    Duration reconnecting,
    Duration inRoute,
    @Nullable Gaps gaps,
    @Nullable Double tokensPerSecond)
    implements Serializable {

  private static final Duration LONG_WAIT = Duration.ofMillis(500);
  private static final int MANY_PIECES = 16;
  private static final int SHARE_OF_A_BURST = 50;

  /**
   * Whether an answer that was to come in pieces came all at once after a long wait, as it does
   * where something on the way keeps it back until it is whole.
   */
  public boolean isBurst() {
    return firstToken != null
        && gaps != null
        && gaps.count() >= MANY_PIECES - 1
        && firstToken.compareTo(LONG_WAIT) >= 0
        && gaps.total().multipliedBy(SHARE_OF_A_BURST).compareTo(firstToken) <= 0;
  }
}
