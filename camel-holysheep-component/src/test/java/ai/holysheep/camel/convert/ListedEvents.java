package ai.holysheep.camel.convert;

import ai.holysheep.camel.chat.CallEnded;
import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.EventStream;
import ai.holysheep.camel.chat.FinishReason;
import ai.holysheep.camel.chat.Origin;
import ai.holysheep.camel.chat.Report;
import ai.holysheep.camel.chat.TextReceived;
import ai.holysheep.camel.chat.Usage;
import ai.holysheep.camel.chat.UsageSource;
import java.util.List;
import java.util.NoSuchElementException;

/** A call whose events need no server: so many in all, the last one with the usage. */
final class ListedEvents implements EventStream {

  private static final Usage USAGE = new Usage(1L, 1L, 2L, null, null, UsageSource.SERVER);

  private final long count;
  private volatile long taken;
  private volatile boolean closed;

  ListedEvents(long count) {
    this.count = count;
  }

  /** How many were taken. */
  long takenCount() {
    return taken;
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public String id() {
    return "listed";
  }

  @Override
  public boolean hasNext() {
    return !closed && taken < count;
  }

  @Override
  public ChatEvent next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Origin origin = new Origin(id(), taken++, null, null, null);
    return taken < count
        ? new TextReceived(origin, "t")
        : new CallEnded(
            origin, new Report(FinishReason.STOP, null, USAGE, taken - 1, 0, 0, null, null));
  }

  @Override
  public boolean isReady() {
    return hasNext();
  }

  @Override
  public ChatAnswer answer() {
    return new ChatAnswer(id(), null, null, List.of(), null);
  }

  @Override
  public boolean isCut() {
    return false;
  }

  @Override
  public void cancel(String reason) {
    closed = true;
  }

  @Override
  public void close() {
    closed = true;
  }
}
