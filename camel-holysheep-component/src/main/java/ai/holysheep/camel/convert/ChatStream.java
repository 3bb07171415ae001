package ai.holysheep.camel.convert;

import ai.holysheep.camel.HolySheepConstants;
import ai.holysheep.camel.chat.CallFailed;
import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.EventStream;
import ai.holysheep.camel.chat.StreamEncoder;
import ai.holysheep.camel.error.HolySheepException;
import java.io.Closeable;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.Executor;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeExtension;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;
import org.apache.camel.support.ExchangeHelper;
import org.jspecify.annotations.Nullable;

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

  /** What Camel notes at an exchange that shall not be routed further. */
  private enum Mark {
    FAILED,
    STOP,
    ROLLBACK,
    HANDLED
  }

  private final SharedEvents events;
  private final EventMessages messages;
  private final StreamOutlet outlet;
  private final Exchange reader;
  private volatile @Nullable Set<Mark> marksAtFirst;

  private ChatStream(
      SharedEvents events, EventMessages messages, StreamOutlet outlet, Exchange reader) {
    this.events = events;
    this.messages = messages;
    this.outlet = outlet;
    this.reader = reader;
  }

  /**
   * Puts the parts of a stream into an exchange, as its body.
   *
   * @return the body
   */
  public static ChatStream into(
      Exchange exchange, EventStream events, EventMessages messages, StreamOutlet outlet) {
    ChatStream stream = new ChatStream(new SharedEvents(events), messages, outlet, exchange);
    EventMessages.forgetEarlierAnswer(exchange.getMessage());
    exchange.setMessage(StreamMessage.of(exchange.getMessage(), stream, exchange.getContext()));
    exchange.getMessage().setHeader(HolySheepConstants.STREAM_ID, stream.id());
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
    return events.hasNext() && !hasStoppedMeanwhile();
  }

  /** Whether another event will come, whatever the exchange is doing. Never waits. */
  boolean hasNextEvent() {
    return events.hasNext();
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
    hasStoppedMeanwhile();
    Message part = StreamMessage.part(reader);
    messages.fill(part, nextEvent());
    return part;
  }

  /**
   * The next event in its typed form, for those who read in Java. Takes it from the same sequence
   * as {@link #next}, and throws the same.
   */
  public ChatEvent nextEvent() {
    try {
      ChatEvent event = events.next();
      if (event instanceof CallFailed failed
          && failed.exception() instanceof HolySheepException failure) {
        RouteFailures.addCause(failure);
      }
      return event;
    } catch (HolySheepException e) {
      throw RouteFailures.note(reader, e);
    }
  }

  /** Whether {@link #next} would answer without waiting. */
  public boolean isReady() {
    return events.isReady();
  }

  /**
   * The whole answer; waits for it. Parts that were not taken yet can still be taken afterwards, so
   * logging a stream loses nothing, it only waits.
   *
   * @throws ai.holysheep.camel.error.HolySheepException when the call failed, also where the
   *     failure came as an event, or was closed before its end, or is longer than the option {@code
   *     maxKeptCharacters} says; {@link #answerSoFar} has what there is
   */
  public ChatAnswer answer() {
    try {
      return events.answer();
    } catch (HolySheepException e) {
      throw RouteFailures.note(reader, e);
    }
  }

  /** The text of the whole answer; as {@link #answer}. */
  public String text() {
    return answer().text();
  }

  /**
   * What has been received up to now; does not wait for more. Only the beginning where the answer
   * {@linkplain ChatAnswer#isCut is cut}.
   */
  public ChatAnswer answerSoFar() {
    return events.answerSoFar();
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

  /**
   * Ends the call because no more parts are wanted. Whoever takes a part all the same gets an
   * exception that says so. Does not throw, may be repeated.
   */
  @Override
  public void close() {
    events.close();
  }

  /** Says what it is. Never reads. */
  @Override
  public String toString() {
    return "ChatStream[" + id() + (events.isOver() ? ", ended]" : "]");
  }

  /**
   * The same stream for another exchange. The exchange that reads gives its headers to the parts,
   * and its end ends the reading, so each copy of an exchange has a stream of its own.
   */
  ChatStream of(Exchange exchange) {
    return exchange == reader ? this : new ChatStream(events, messages, outlet, exchange);
  }

  /**
   * The same stream for a reader that goes on while the route does: what becomes of the exchange
   * from now on neither ends the reading nor changes the parts.
   */
  ChatStream apart() {
    return of(ExchangeHelper.createCorrelatedCopy(reader, false));
  }

  /**
   * The next part as an exchange of its own, of which nobody waits for a reply; waits and throws as
   * {@link #next}.
   */
  Exchange nextExchange() {
    Message part = next();
    Exchange exchange = ExchangeHelper.createCorrelatedCopy(reader, false);
    exchange.setPattern(ExchangePattern.InOnly);
    exchange.setMessage(part);
    return exchange;
  }

  /** Writes the bytes of this stream, from its beginning on. */
  StreamEncoder newEncoder() {
    return outlet.encoders().get();
  }

  Executor publisherThreads() {
    return outlet.publisherThreads();
  }

  /** Leaves the stream of an exchange in its body, where that of another exchange is. */
  void moveTo(Exchange exchange) {
    Message message = exchange.getMessage();
    if (exchange != reader && message.getBody() == this) {
      message.setBody(of(exchange));
    }
  }

  /**
   * A splitter that stops early first marks its exchange, with the exception or with the state of
   * the part that made it stop, and then reads the rest of the iterator. An exchange may bear such
   * marks before it is read: that of a route which ended in {@code stop}, or of an error handler
   * that asked another model. Only new ones end the reading.
   */
  private boolean hasStoppedMeanwhile() {
    Set<Mark> marks = marks(reader);
    Set<Mark> known = marksAtFirst;
    if (known == null) {
      marksAtFirst = marks;
      return false;
    }
    return !known.containsAll(marks);
  }

  private static Set<Mark> marks(Exchange exchange) {
    ExchangeExtension extension = exchange.getExchangeExtension();
    boolean handled = extension.isErrorHandlerHandledSet() && extension.isErrorHandlerHandled();
    boolean rollback = exchange.isRollbackOnly() || exchange.isRollbackOnlyLast();
    if (exchange.getException() == null && !exchange.isRouteStop() && !rollback && !handled) {
      return Set.of();
    }
    Set<Mark> marks = EnumSet.noneOf(Mark.class);
    note(marks, Mark.FAILED, hasFailed(exchange));
    note(marks, Mark.STOP, exchange.isRouteStop());
    note(marks, Mark.ROLLBACK, rollback);
    note(marks, Mark.HANDLED, handled);
    return marks;
  }

  private static void note(Set<Mark> marks, Mark mark, boolean borne) {
    if (borne) {
      marks.add(mark);
    }
  }

  /**
   * A splitter that goes on after a failing part marks its exchange too. It is going on as long as
   * its aggregation strategy is noted at the exchange; but splitters further out may have noted
   * theirs, and then the wrapping that only an early stop does tells.
   */
  private static boolean hasFailed(Exchange exchange) {
    Exception failure = exchange.getException();
    if (failure == null) {
      return false;
    }
    boolean wrapped =
        failure.getClass() == CamelExchangeException.class && failure.getCause() != null;
    return wrapped || exchange.getProperty(ExchangePropertyKey.AGGREGATION_STRATEGY) == null;
  }
}
