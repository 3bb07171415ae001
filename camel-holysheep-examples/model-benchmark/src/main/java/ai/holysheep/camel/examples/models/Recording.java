package ai.holysheep.camel.examples.models;

import static ai.holysheep.camel.HolySheepConstants.COMPLETION_TOKENS;
import static ai.holysheep.camel.HolySheepConstants.EVENT_TYPE;
import static ai.holysheep.camel.HolySheepConstants.FINISH_REASON;
import static ai.holysheep.camel.HolySheepConstants.USAGE_SOURCE;

import java.util.function.LongSupplier;
import org.apache.camel.Message;

/**
 * One answer while it comes: when it was asked for, when its first and its last part arrived, and
 * how many tokens that were. Reads its clock once for each part, before anything else.
 */
final class Recording {

  private static final double NANOS_PER_MILLI = 1e6;

  private final LongSupplier nanoClock;
  private long askedNanos;
  private long firstNanos;
  private long lastNanos;
  private boolean hasBegun;
  private long tokens;
  private String usageSource = "";
  private String finishReason = "";

  Recording(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /** The request goes out now. */
  void asked() {
    askedNanos = nanoClock.getAsLong();
  }

  /** A part has come. Reasoning counts as text does: its tokens are among those of the answer. */
  void arrived(Message part) {
    long nowNanos = nanoClock.getAsLong();
    switch (part.getHeader(EVENT_TYPE, "", String.class)) {
      case "token", "reasoning" -> {
        firstNanos = hasBegun ? firstNanos : nowNanos;
        hasBegun = true;
        lastNanos = nowNanos;
      }
      case "usage" -> {
        tokens = part.getHeader(COMPLETION_TOKENS, 0L, Long.class);
        usageSource = part.getHeader(USAGE_SOURCE, "", String.class);
        finishReason = part.getHeader(FINISH_REASON, "", String.class);
      }
      default -> {
        // Takes time, which the next token tells, and is none itself.
      }
    }
  }

  /**
   * The figures of the whole answer.
   *
   * @throws IllegalStateException if there are not two tokens, which an interval needs
   */
  Measured measured() {
    if (!hasBegun || tokens < 2) {
      throw new IllegalStateException(
          "The answer has " + tokens + " tokens, too few to measure an interval.");
    }
    double interval = (lastNanos - firstNanos) / NANOS_PER_MILLI / (tokens - 1);
    return new Measured(
        (firstNanos - askedNanos) / NANOS_PER_MILLI,
        interval,
        (lastNanos - askedNanos) / NANOS_PER_MILLI,
        tokens,
        usageSource,
        finishReason);
  }
}
