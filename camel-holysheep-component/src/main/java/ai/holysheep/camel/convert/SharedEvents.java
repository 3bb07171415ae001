package ai.holysheep.camel.convert;

import ai.holysheep.camel.chat.CallFailed;
import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.EventStream;
import ai.holysheep.camel.error.CallCancelledException;
import ai.holysheep.camel.error.FailureContext;
import ai.holysheep.camel.error.Received;
import java.lang.ref.Cleaner;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events of one call, for all the {@link ChatStream}s that copies of an exchange have of it.
 * Each event is taken once, by whoever comes first. Knows no exchange. One thread at a time takes
 * events; any thread may close or cancel. When nobody holds it any more, the call ends.
 */
final class SharedEvents {

  private static final Logger LOG = LoggerFactory.getLogger(SharedEvents.class);
  private static final Cleaner CLEANER = Cleaner.create();

  private final EventStream events;
  private final Cleaner.Cleanable leak;

  // Written under the lock, read by any thread.
  private final ReentrantLock lock = new ReentrantLock();
  private final Queue<ChatEvent> readAhead = new ConcurrentLinkedQueue<>();
  private volatile long takenCount;
  private volatile @Nullable RuntimeException failure;
  // A failure that comes as the last event and is thrown to nobody who takes events.
  private volatile @Nullable RuntimeException toldFailure;

  // Any thread; they never become false again.
  private volatile boolean ended;
  private volatile boolean closed;

  SharedEvents(EventStream events) {
    this.events = events;
    this.leak = CLEANER.register(this, new Abandoned(events));
  }

  String id() {
    return events.id();
  }

  boolean isOver() {
    return ended || closed;
  }

  /**
   * Whether another event, or the word that none will come, is to be taken. Never waits. A stream
   * that was closed or failed is not at its end: who reads it again, as a redelivery does, must not
   * take nothing for an answer.
   */
  boolean hasNext() {
    return !ended;
  }

  ChatEvent next() {
    lock.lock();
    try {
      if (ended) {
        throw new NoSuchElementException("The stream " + id() + " has no more parts.");
      }
      ChatEvent event = takeOne();
      ended = event.isLast();
      return event;
    } finally {
      lock.unlock();
      if (ended) {
        leak.clean();
      }
    }
  }

  boolean isReady() {
    if (!lock.tryLock()) {
      return false;
    }
    try {
      return !ended && (!readAhead.isEmpty() || failure != null || events.isReady());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Reads to the end; what it reads can still be taken. Stops where the answer becomes longer than
   * what a call keeps: there is no whole answer to give then, and no end to what would be read.
   */
  ChatAnswer answer() {
    lock.lock();
    try {
      while (failure == null && !events.isCut() && events.hasNext()) {
        readOneAhead();
      }
      if (failure != null) {
        throw failure;
      }
      return whole(events.answer());
    } finally {
      lock.unlock();
    }
  }

  ChatAnswer answerSoFar() {
    return events.answer();
  }

  void cancel(String reason) {
    events.cancel(reason);
  }

  void close() {
    events.close();
    closed = true;
    leak.clean();
  }

  /** A cut answer looks like a whole one, so it is not given out as one. */
  private ChatAnswer whole(ChatAnswer answer) {
    RuntimeException told = toldFailure;
    if (told != null) {
      throw told;
    }
    if (answer.isCut()) {
      throw Answers.notKept(answer, takenCount);
    }
    if (answer.report() == null) {
      throw closedEarly(answer);
    }
    return answer;
  }

  private RuntimeException closedEarly(ChatAnswer answer) {
    return new CallCancelledException(
        "Stream " + id() + " was closed before its end, so there is no whole answer.",
        FailureContext.NONE.received(new Received(answer, takenCount, null)));
  }

  private ChatEvent takeOne() {
    ChatEvent ahead = readAhead.poll();
    if (ahead != null) {
      return ahead;
    }
    if (failure == null && closed) {
      failure = closedEarly(events.answer());
    }
    if (failure == null) {
      try {
        return read();
      } catch (NoSuchElementException e) {
        failure = closedEarly(events.answer());
      } catch (RuntimeException e) {
        failure = e;
      }
    }
    // It stays so: who tries again must not take the rest, which is nothing, for an answer.
    throw failure;
  }

  private ChatEvent read() {
    ChatEvent event = events.next();
    takenCount = event.origin().index() + 1;
    if (event instanceof CallFailed failed) {
      toldFailure = failed.exception();
    }
    return event;
  }

  private void readOneAhead() {
    try {
      readAhead.add(read());
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  /** What remains to be done when nobody holds the events any more; must not refer to them. */
  private record Abandoned(EventStream events) implements Runnable {
    @Override
    public void run() {
      if (events.hasNext()) {
        LOG.warn(
            "Stream {} was dropped before its end, its connection is closed now. Take it to its last"
                + " part, or close it.",
            events.id());
        events.close();
      }
    }
  }
}
