package ai.holysheep.camel.client;

import java.util.UUID;

/**
 * Where the events of a call begin.
 *
 * @param streamId the stream that they belong to
 * @param index the index of the first one: more than 0 where another call has begun the stream
 */
public record StreamStart(String streamId, long index) {

  /** The beginning of a stream of its own. */
  public static StreamStart ofNewStream() {
    return new StreamStart(UUID.randomUUID().toString(), 0);
  }
}
