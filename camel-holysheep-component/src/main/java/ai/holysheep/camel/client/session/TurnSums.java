package ai.holysheep.camel.client.session;

import ai.holysheep.camel.accounting.UsageTally;
import ai.holysheep.camel.chat.FinishReason;
import ai.holysheep.camel.chat.Latency;
import ai.holysheep.camel.chat.Report;
import ai.holysheep.camel.chat.Usage;
import ai.holysheep.camel.chat.UsageSource;
import org.jspecify.annotations.Nullable;

/** What the calls of one turn have used together. Not thread-safe, the turn guards it. */
final class TurnSums {

  private @Nullable Usage usage;
  private int reconnectCount;
  private long skippedEventCount;
  private @Nullable Latency latency;

  /** Adds what a call has used; null where that is not known. */
  void add(@Nullable Usage more) {
    Usage before = usage;
    usage = before == null || more == null ? (more == null ? before : more) : sum(before, more);
  }

  private static Usage sum(Usage one, Usage other) {
    return UsageTally.sum(one, other);
  }

  /** Adds what a call counts besides. */
  void addCounts(Report report) {
    reconnectCount += report.reconnectCount();
    skippedEventCount += report.skippedEventCount();
    Latency before = latency;
    Latency more = report.latency();
    latency = before == null || more == null ? (more == null ? before : more) : sum(before, more);
  }

  /** The turn has begun to answer when its first call has; how it speaks is how it spoke last. */
  private static Latency sum(Latency one, Latency other) {
    return new Latency(
        one.duration().plus(other.duration()),
        one.firstToken(),
        one.reconnecting().plus(other.reconnecting()),
        one.inRoute().plus(other.inRoute()),
        other.gaps(),
        other.tokensPerSecond());
  }

  /** Adds an event that came after the interruption, and is left out. */
  void addLateEvent() {
    skippedEventCount++;
  }

  /** What has been used up to now; null where that is not known. */
  @Nullable Usage usage() {
    return usage;
  }

  /** How a turn ended whose last call ended so. */
  Report total(Report last) {
    return new Report(
        last.finishReason(),
        last.rawFinishReason(),
        usage == null ? last.usage() : usage,
        last.chunkCount(),
        skippedEventCount,
        reconnectCount,
        last.requestId(),
        latency);
  }

  /** How a turn ended that was interrupted after so many events. */
  Report interrupted(long chunkCount) {
    return new Report(
        FinishReason.INTERRUPTED,
        null,
        usage == null ? new Usage(null, null, null, null, null, UsageSource.ESTIMATED) : usage,
        chunkCount,
        skippedEventCount,
        reconnectCount,
        null,
        latency);
  }
}
