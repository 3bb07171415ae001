package ai.holysheep.camel.convert;

import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.EventStream;
import java.io.Closeable;
import java.lang.ref.Cleaner;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The body that a streaming call leaves: the parts of an answer, each a {@link Message} with the
 * headers of the message that is read and those of its event, the last one with the usage. Made for
 * {@code split(body()).streaming()}.
 *
 * <p>{@link #hasNext} never waits, because Camel's splitter asks it before it routes the part that
 * it holds; only {@link #next} waits. As every stream has a last part, nothing is lost by that.
 *
 * <p>The connection ends with the last part, with {@link #close}, when the splitter stops early,
 * when the component stops, and at the latest when nobody holds this object any more. One thread at
 * a time takes parts; any thread may close or cancel.
 */
public final class ChatStream implements Iterator<Message>, Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(ChatStream.class);
  private static final Cleaner CLEANER = Cleaner.create();

  private final EventStream events;
  private final EventMessages messages;
  private final Cleaner.Cleanable leak;

  // Written under the lock, read by any thread.
  private final ReentrantLock lock = new ReentrantLock();
  private final Queue<ChatEvent> readAhead = new ConcurrentLinkedQueue<>();
  private volatile @Nullable RuntimeException failureAhead;

  // Any thread.
  private volatile Exchange reader;
  private volatile boolean over;

  ChatStream(EventStream events, EventMessages messages, Exchange reader) {
    this.events = events;
    this.messages = messages;
    this.reader = reader;
    this.leak = CLEANER.register(this, new Abandoned(events));
  }

  /**
   * Puts the parts of a stream into an exchange, as its body.
   *
   * @return the body
   */
  public static ChatStream into(Exchange exchange, EventStream events, EventMessages messages) {
    ChatStream stream = new ChatStream(events, messages, exchange);
    EventMessages.forgetEarlierAnswer(exchange.getMessage());
    exchange.setMessage(StreamMessage.of(exchange.getMessage(), stream, exchange.getContext()));
    return stream;
  }

  /** The stream's id, the same as in the header of every part. */
  public String id() {
    return events.id();
  }

  /**
   * Whether another part will come. Never waits. False also when the exchange that reads has failed
   * meanwhile: that is how a split that stops early stops reading.
   */
  @Override
  public boolean hasNext() {
    return !over && !hasStopped(reader) && isUnread();
  }

  /**
   * The next part; waits until it is there.
   *
   * @throws ai.holysheep.camel.error.HolySheepException when the call failed; with the text that
   *     had been received
   * @throws NoSuchElementException after the last part
   */
  @Override
  public Message next() {
    Exchange exchange = reader;
    Message part = newMessage(exchange);
    messages.fill(part, nextEvent());
    return part;
  }

  /**
   * The next event in its typed form, for those who read in Java. Takes it from the same sequence
   * as {@link #next}, and throws the same.
   */
  public ChatEvent nextEvent() {
    lock.lock();
    try {
      if (over) {
        throw new NoSuchElementException("The stream " + id() + " has no more parts.");
      }
      ChatEvent event = takeOne();
      over = event.isLast();
      return event;
    } finally {
      lock.unlock();
      if (over) {
        leak.clean();
      }
    }
  }

  /** Whether {@link #next} would answer without waiting. */
  public boolean isReady() {
    lock.lock();
    try {
      return !over && (!readAhead.isEmpty() || failureAhead != null || events.isReady());
    } finally {
      lock.unlock();
    }
  }

  /**
   * The whole answer; waits for it. Parts that were not taken yet can still be taken afterwards, so
   * logging a stream loses nothing, it only waits.
   *
   * @throws ai.holysheep.camel.error.HolySheepException when the call failed
   */
  public ChatAnswer answer() {
    lock.lock();
    try {
      while (failureAhead == null && events.hasNext()) {
        readOneAhead();
      }
      if (failureAhead != null) {
        throw failureAhead;
      }
      return events.answer();
    } finally {
      lock.unlock();
    }
  }

  /** The text of the whole answer; as {@link #answer}. */
  public String text() {
    return answer().text();
  }

  /** What has been received up to now; does not wait for more. */
  public ChatAnswer answerSoFar() {
    return events.answer();
  }

  /**
   * Ends the call from outside: whoever takes the parts gets an exception that says so, and what
   * had been received.
   *
   * @param reason who cancels and why
   */
  public void cancel(String reason) {
    events.cancel(reason);
  }

  /** Ends the call because no more parts are wanted. Does not throw, may be repeated. */
  @Override
  public void close() {
    over = true;
    events.close();
    leak.clean();
  }

  /** Says what it is. Never reads. */
  @Override
  public String toString() {
    return "ChatStream[" + id() + (over ? ", ended]" : "]");
  }

  /** The exchange that reads decides about the headers of parts, and about stopping early. */
  void readFor(Exchange exchange) {
    reader = exchange;
  }

  private ChatEvent takeOne() {
    ChatEvent ahead = readAhead.poll();
    if (ahead != null) {
      return ahead;
    }
    RuntimeException failure = failureAhead;
    if (failure != null) {
      over = true;
      throw failure;
    }
    try {
      return events.next();
    } catch (RuntimeException e) {
      over = true;
      throw e;
    }
  }

  private void readOneAhead() {
    try {
      readAhead.add(events.next());
    } catch (RuntimeException e) {
      failureAhead = e;
    }
  }

  private boolean isUnread() {
    return !readAhead.isEmpty() || failureAhead != null || events.hasNext();
  }

  /**
   * A splitter that stops early first marks its exchange, with the exception or with the state of
   * the part that made it stop, and then reads the rest of the iterator.
   */
  private static boolean hasStopped(Exchange exchange) {
    return exchange.getException() != null
        || exchange.isRouteStop()
        || exchange.isRollbackOnly()
        || exchange.isRollbackOnlyLast()
        || exchange.getExchangeExtension().isErrorHandlerHandledSet()
            && exchange.getExchangeExtension().isErrorHandlerHandled();
  }

  private Message newMessage(Exchange exchange) {
    Message parent = exchange.getMessage();
    boolean ordinary = parent instanceof StreamMessage || parent.getClass() == DefaultMessage.class;
    Message part = ordinary ? new DefaultMessage(exchange) : special(parent);
    part.getHeaders().putAll(parent.getHeaders());
    return part;
  }

  /** A message of an HTTP or file consumer carries more than body and headers. */
  private static Message special(Message parent) {
    Message part = parent.copy();
    part.setBody(null);
    return part;
  }

  /** What remains to be done when nobody holds the stream any more; must not refer to it. */
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
