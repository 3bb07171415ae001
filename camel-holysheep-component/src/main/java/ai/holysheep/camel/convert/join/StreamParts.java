package ai.holysheep.camel.convert.join;

import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.chat.ChatEvent;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What has come of one stream: its beginning without gaps, put together, and the parts that are
 * waiting for their turn. Immutable, and cheap to add to.
 *
 * @param streamId the stream
 * @param next the index of the part that goes on where the beginning ends
 * @param beginning the parts before that one
 * @param waiting the parts behind a gap, by index
 * @param waitingSize how much of them is kept
 * @param ended whether the beginning is all there is: the last part is in it
 * @param duplicateCount how many parts were left out because they had come before, or after the end
 */
record StreamParts(
    String streamId,
    long next,
    Draft beginning,
    NumberedValues<Part> waiting,
    Size waitingSize,
    boolean ended,
    long duplicateCount)
    implements Serializable {

  static StreamParts none(String streamId) {
    return new StreamParts(streamId, 0, Draft.EMPTY, NumberedValues.none(), Size.NONE, false, 0);
  }

  /**
   * The same with one more event.
   *
   * @param maxKeptCharacters how much is kept; what comes beyond that leaves only its index
   * @throws IllegalArgumentException when it is of another stream
   */
  StreamParts with(ChatEvent event, int maxKeptCharacters) {
    if (!event.origin().streamId().equals(streamId)) {
      throw new IllegalArgumentException(
          "A part of the stream "
              + event.origin().streamId()
              + " cannot be joined to those of "
              + streamId
              + ": correlate by the stream's id");
    }
    Part part = Part.whole(event);
    long index = part.index();
    if (ended || index < next || waiting.get(index) != null) {
      return new StreamParts(
          streamId, next, beginning, waiting, waitingSize, ended, duplicateCount + 1);
    }
    Size all = beginning.kept().plus(waitingSize).plus(part.size());
    Part kept = all.exceeds(maxKeptCharacters) ? part.dropped() : part;
    return index == next ? joining(kept).settled() : waitingFor(kept);
  }

  private StreamParts waitingFor(Part part) {
    return new StreamParts(
        streamId,
        next,
        beginning,
        waiting.with(part.index(), part),
        waitingSize.plus(part.size()),
        ended,
        duplicateCount);
  }

  private StreamParts joining(Part part) {
    return new StreamParts(
        streamId,
        next + 1,
        beginning.with(part),
        waiting,
        waitingSize,
        part.event().isLast(),
        duplicateCount);
  }

  /** Joins those whose turn has come. */
  private StreamParts settled() {
    StreamParts parts = this;
    for (Part part = parts.turn(); part != null; part = parts.turn()) {
      parts = parts.withoutWaiting(part).joining(part);
    }
    return parts;
  }

  private @Nullable Part turn() {
    return ended || waiting.size() == 0 ? null : waiting.get(next);
  }

  private StreamParts withoutWaiting(Part first) {
    return new StreamParts(
        streamId,
        next,
        beginning,
        waiting.withoutFirst(),
        waitingSize.minus(first.size()),
        ended,
        duplicateCount);
  }

  /** All that has come, in order, whatever is missing in between. */
  Joined joined() {
    Draft all = beginning;
    if (!ended) {
      for (Part part : waiting.values()) {
        all = all.with(part);
        if (part.event().isLast()) {
          break;
        }
      }
    }
    ChatAnswer answer = all.answer(streamId);
    boolean complete = ended && all.failure() == null && !answer.isCut();
    return new Joined(answer, all.failure(), complete, missing(), duplicateCount);
  }

  private @Nullable String missing() {
    return ended ? null : Gaps.between(next, waiting.values());
  }

  /** Says what it is; the content is none of a log's business. */
  @Override
  public String toString() {
    return "StreamParts["
        + streamId
        + ", "
        + (next + waiting.size())
        + " parts"
        + (ended ? ", ended]" : "]");
  }
}
