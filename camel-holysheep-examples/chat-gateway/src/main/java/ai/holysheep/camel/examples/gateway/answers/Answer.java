package ai.holysheep.camel.examples.gateway.answers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The events of one answer, kept until it is forgotten, so that a browser whose connection breaks
 * can read on where it was. It has at most one reader: the newest, as the one before it may sit on
 * a connection that nobody has noticed to be dead. Thread-safe; never waits but in {@link #await}.
 */
public final class Answer {

  /** Told, outside of the lock, that there may be something to read. Returns at once. */
  interface Reader {
    void changed();
  }

  private static final int MOST_CHARACTERS = 4 * 1024 * 1024;

  private final String id;
  private final List<String> events = new ArrayList<>();
  private int characters;
  private boolean over;
  private @Nullable String streamId;
  private @Nullable Reader reader;
  private int departures;

  Answer(String id) {
    this.id = id;
  }

  /** What a browser names it by. Cannot be guessed. */
  public String id() {
    return id;
  }

  /**
   * Adds an event.
   *
   * @param event as JSON
   * @param ofStream the stream of the model that it comes from
   * @throws IllegalStateException when nobody wants more of it, or it is too long
   */
  public void add(String event, String ofStream) {
    Reader told;
    synchronized (this) {
      if (over) {
        throw new IllegalStateException("Nobody reads this answer any more.");
      }
      characters += event.length();
      if (characters > MOST_CHARACTERS) {
        throw new IllegalStateException(
            "The answer is longer than " + MOST_CHARACTERS + " characters.");
      }
      streamId = ofStream;
      events.add(event);
      notifyAll();
      told = reader;
    }
    tell(told);
  }

  /** Adds the last event of the model; nothing where there is a last one. */
  public void complete(String event) {
    end(index -> event);
  }

  /**
   * Adds the last event; nothing where there is one.
   *
   * @param words makes the event of its index
   * @return whether this was the end
   */
  boolean end(LastEvent words) {
    Reader told;
    synchronized (this) {
      if (over) {
        return false;
      }
      over = true;
      events.add(words.at(events.size()));
      notifyAll();
      told = reader;
    }
    tell(told);
    return true;
  }

  /** Makes the last event of an answer. */
  @FunctionalInterface
  interface LastEvent {
    String at(int index);
  }

  /** The stream of the model; null before its first event. */
  synchronized @Nullable String streamId() {
    return streamId;
  }

  synchronized boolean isOver() {
    return over;
  }

  /** How many readers have left it; the answer is unread as long as this number stays. */
  synchronized int departures() {
    return departures;
  }

  /** Whether it has had no reader since there were so many departures. */
  synchronized boolean isUnreadSince(int departure) {
    return reader == null && departures == departure;
  }

  /** Takes the place of whoever reads, who finds out when it looks for more. */
  void readBy(Reader newest) {
    Reader displaced;
    synchronized (this) {
      displaced = reader;
      reader = newest;
      notifyAll();
    }
    tell(displaced);
    newest.changed();
  }

  /** Whether that reader was reading until now. */
  synchronized boolean leave(Reader leaving) {
    if (reader != leaving) {
      return false;
    }
    reader = null;
    departures++;
    notifyAll();
    return true;
  }

  /** The event of that index; null where it is not there yet, or never will be. */
  synchronized @Nullable String event(int index) {
    return index < events.size() ? events.get(index) : null;
  }

  /** Whether that reader gets no events from that index on. */
  synchronized boolean hasNoMore(Reader asking, int index) {
    return reader != asking || (over && index >= events.size());
  }

  /**
   * Waits until there is an event of that index, or the reader gets none, or for so long.
   *
   * @return the event, or null
   */
  synchronized @Nullable String await(Reader asking, int index, Duration longest)
      throws InterruptedException {
    long deadline = System.nanoTime() + longest.toNanos();
    long left = longest.toNanos();
    while (event(index) == null && !hasNoMore(asking, index) && left > 0) {
      wait(left / 1_000_000, (int) (left % 1_000_000));
      left = deadline - System.nanoTime();
    }
    return reader == asking ? event(index) : null;
  }

  private static void tell(@Nullable Reader reader) {
    if (reader != null) {
      reader.changed();
    }
  }
}
