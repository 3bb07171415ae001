package ai.holysheep.camel.examples.pipeline;

import ai.holysheep.camel.HolySheepStreamId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.consumer.KafkaManualCommit;
import org.jspecify.annotations.Nullable;

/**
 * Knows up to where a partition is done: up to the first part of any stream that is not over yet.
 * Whoever starts again from there finds all parts of these streams. Belongs to one consumer of the
 * topic; a stream that times out may be taken off by another thread.
 */
public final class OpenStreams {

  /**
   * A stream that began.
   *
   * @param partition where its parts are
   * @param firstOffset of its first part
   * @param before commits the record before that; null where there was none
   */
  private record Open(int partition, long firstOffset, @Nullable KafkaManualCommit before) {}

  private final Map<String, Open> open = new LinkedHashMap<>();
  private final Map<Integer, KafkaManualCommit> latest = new HashMap<>();
  private final HolySheepStreamId streamId = new HolySheepStreamId();
  private @Nullable Thread consumer;

  /** Notes a part that was read. */
  public synchronized void read(Exchange part) {
    consumer = Thread.currentThread();
    int partition = part.getMessage().getHeader(KafkaConstants.PARTITION, Integer.class);
    long offset = part.getMessage().getHeader(KafkaConstants.OFFSET, Long.class);
    open.computeIfAbsent(
        streamId.of(part), id -> new Open(partition, offset, latest.get(partition)));
    latest.put(partition, Offsets.of(part));
  }

  /** Notes that a stream is over, and tells Kafka where that leaves its partition. */
  public synchronized void done(Exchange stream) {
    Open ended = open.remove(streamId.of(stream));
    // Kafka's consumer may only be used by its own thread; the next stream that ends commits this
    // too.
    if (ended != null && Thread.currentThread().equals(consumer)) {
      commit(ended.partition());
    }
  }

  private void commit(int partition) {
    KafkaManualCommit done =
        open.values().stream()
            .filter(other -> other.partition() == partition)
            .min(Comparator.comparingLong(Open::firstOffset))
            .map(Open::before)
            .orElse(null);
    boolean none = open.values().stream().noneMatch(other -> other.partition() == partition);
    KafkaManualCommit upTo = none ? latest.get(partition) : done;
    if (upTo != null) {
      upTo.commit();
    }
  }
}
