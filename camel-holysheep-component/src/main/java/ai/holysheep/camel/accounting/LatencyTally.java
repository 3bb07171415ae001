package ai.holysheep.camel.accounting;

import ai.holysheep.camel.chat.Latency;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Keeps how long one call makes others wait, all its tries together. Is told the time and never
 * reads a clock; makes no garbage. Not thread-safe.
 */
public final class LatencyTally {

  /** There is no such time. */
  public static final long NONE = -1;

  private final long begunNanos;
  private long waitedNanos;
  private long waitedBeforeNanos;
  private long reconnectingNanos;
  private boolean tryingAgain;
  private long pieceCount;
  private long lastWaitEndedNanos;
  private long firstPieceNanos;
  private long lastPieceNanos;
  private @Nullable GapHistogram gaps;

  /**
   * @param nowNanos when the call began, by the clock of all times that are told
   */
  public LatencyTally(long nowNanos) {
    this.begunNanos = nowNanos;
    this.lastWaitEndedNanos = nowNanos;
  }

  /** Somebody waited for the server, or for the next try. */
  public void waited(long fromNanos, long toNanos) {
    long nanos = toNanos - fromNanos;
    waitedNanos += nanos;
    if (tryingAgain) {
      reconnectingNanos += nanos;
    }
    lastWaitEndedNanos = toNanos;
  }

  /** The call is tried again: what is waited until a piece comes goes into that. */
  public void tryAgain() {
    tryingAgain = true;
    waitedBeforeNanos = waitedNanos;
  }

  /**
   * What was waited for has brought a piece of the answer.
   *
   * @return how long this piece made others wait after the one before; {@link #NONE} where no piece
   *     of the same try was before it
   */
  public long pieceCame() {
    lastPieceNanos = lastWaitEndedNanos;
    boolean first = pieceCount++ == 0;
    if (first) {
      firstPieceNanos = lastWaitEndedNanos;
    }
    long gap = first || tryingAgain ? NONE : waitedNanos - waitedBeforeNanos;
    waitedBeforeNanos = waitedNanos;
    tryingAgain = false;
    if (gap != NONE) {
      GapHistogram known = gaps == null ? new GapHistogram() : gaps;
      known.add(gap);
      gaps = known;
    }
    return gap;
  }

  /** What was waited for is no piece, but no silence either. */
  public void progressed() {
    waitedBeforeNanos = waitedNanos;
  }

  /** How long has been waited in all. */
  public long waitedNanos() {
    return waitedNanos;
  }

  /** How long has been waited since anything came of the answer, or since the try began. */
  public long silentNanos() {
    return waitedNanos - waitedBeforeNanos;
  }

  /**
   * How long the call took up to now.
   *
   * @param completionTokens the tokens of the answer; null where not known
   */
  public Latency latency(long nowNanos, @Nullable Long completionTokens) {
    long nanos = nowNanos - begunNanos;
    return new Latency(
        Duration.ofNanos(nanos),
        pieceCount == 0 ? null : Duration.ofNanos(firstPieceNanos - begunNanos),
        Duration.ofNanos(reconnectingNanos),
        Duration.ofNanos(nanos - waitedNanos),
        gaps == null ? null : gaps.gaps(),
        tokensPerSecond(completionTokens));
  }

  /** A piece may have several tokens, so those of the first are taken to be as many as usual. */
  private @Nullable Double tokensPerSecond(@Nullable Long completionTokens) {
    long nanos = lastPieceNanos - firstPieceNanos;
    if (completionTokens == null || nanos <= 0) {
      return null;
    }
    double afterTheFirst = (double) completionTokens * (pieceCount - 1) / pieceCount;
    return afterTheFirst / nanos * Duration.ofSeconds(1).toNanos();
  }
}
