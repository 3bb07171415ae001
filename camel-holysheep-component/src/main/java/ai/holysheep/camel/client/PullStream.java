package ai.holysheep.camel.client;

import ai.holysheep.camel.accounting.UsageTally;
import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.Chunk;
import ai.holysheep.camel.chat.EventStream;
import ai.holysheep.camel.chat.ProviderError;
import ai.holysheep.camel.error.Deadline;
import ai.holysheep.camel.error.FailureContext;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.error.ProtocolViolatedException;
import ai.holysheep.camel.stream.EventSequence;
import ai.holysheep.camel.transport.Attempt;
import ai.holysheep.camel.transport.Frame;
import ai.holysheep.camel.transport.Reply;
import ai.holysheep.camel.transport.Timers;
import ai.holysheep.camel.transport.TransportFault;
import ai.holysheep.camel.wire.ChunkDecoder;
import ai.holysheep.camel.wire.ErrorDecoder;
import ai.holysheep.camel.wire.UnreadableException;
import ai.holysheep.camel.wire.WrittenRequest;
import java.nio.charset.StandardCharsets;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One call whose events are read from the connection by the thread that takes them. The lock keeps
 * takers apart; {@link #cancel} and {@link #close} need no lock, because the taker may hold it
 * while it waits for the network: they abort the attempt, and the taker finds out why.
 */
final class PullStream implements EventStream {

  private static final String DONE = "[DONE]";
  private static final int QUOTED_CHARACTERS = 200;
  private static final int LONGEST_WORDS = 500;

  private final String id = UUID.randomUUID().toString();
  private final Attempt attempt;
  private final WrittenRequest request;
  private final CallSettings settings;
  private final Failures failures;
  private final Set<PullStream> active;
  private final Watch watch;

  // Guarded by lock; what changes the answer also by events, for those who ask meanwhile.
  private final ReentrantLock lock = new ReentrantLock();
  private final EventSequence events = new EventSequence(id);
  private final ChunkDecoder decoder = new ChunkDecoder();
  private final UsageTally tally;
  private @Nullable Reply reply;
  private FailureContext context;
  private long skippedEventCount;
  private boolean handedOn;

  // Any thread.
  private volatile boolean over;
  private volatile @Nullable String cancelReason;

  PullStream(
      Attempt attempt,
      WrittenRequest request,
      CallSettings settings,
      Timers timers,
      Failures failures,
      Set<PullStream> active) {
    this.attempt = attempt;
    this.request = request;
    this.settings = settings;
    this.failures = failures;
    this.active = active;
    this.watch = new Watch(timers, settings.deadlines(), attempt::abort);
    this.tally = new UsageTally(request.promptCharacters());
    this.context = FailureContext.NONE.of(request.model());
  }

  /** Sends the request and reads the head of the reply, and the whole of one that is no stream. */
  void open() {
    active.add(this);
    watch.beginWait();
    try {
      Reply head = attempt.send();
      reply = head;
      context = context.sent(1).replied(head.status(), requestId(head));
      if (head.status() / 100 != 2) {
        throw refused(head);
      }
      if (!head.isEventStream()) {
        readDocument(head);
      }
      watch.endWait();
    } catch (TransportFault e) {
      throw giveUp(failure(e));
    } catch (HolySheepException e) {
      throw giveUp(e);
    }
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public boolean hasNext() {
    return !over;
  }

  @Override
  public ChatEvent next() {
    lock.lock();
    try {
      if (over) {
        throw new NoSuchElementException("The stream " + id + " has no more events.");
      }
      ChatEvent event = take();
      handedOn = true;
      if (event.isLast()) {
        over = true;
      }
      return event;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean isReady() {
    lock.lock();
    try {
      return !over && (events.hasWaiting() || reply != null && events.isOpen() && reply.isReady());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public ChatAnswer answer() {
    synchronized (events) {
      return events.answer();
    }
  }

  @Override
  public void cancel(String reason) {
    if (!over && cancelReason == null) {
      cancelReason = reason;
      attempt.abort();
    }
    leave();
  }

  @Override
  public void close() {
    cancelReason = cancelReason == null ? "its reader closed it" : cancelReason;
    over = true;
    attempt.abort();
    leave();
  }

  private ChatEvent take() {
    ChatEvent event = events.poll();
    while (event == null) {
      readMore();
      event = events.poll();
    }
    return event;
  }

  private void readMore() {
    watch.beginWait();
    try {
      refuseCancelled();
      Frame frame = Objects.requireNonNull(reply, "opened").next();
      watch.endWait();
      accept(frame);
    } catch (TransportFault e) {
      end(failure(e));
    } catch (HolySheepException e) {
      end(e);
    }
    if (events.hasWaiting()) {
      watch.firstEvent();
    }
  }

  /** What was received before the connection closed may still be readable. */
  private void refuseCancelled() {
    String reason = cancelReason;
    if (reason != null) {
      throw failures.cancelled(reason, soFar());
    }
  }

  private void accept(@Nullable Frame frame) {
    if (frame == null) {
      endOfBody();
    } else if (frame.payloadEquals(DONE)) {
      end();
    } else if (frame.length() > 0) {
      decode(frame.bytes(), frame.offset(), frame.length());
    }
  }

  private void decode(byte[] data, int offset, int length) {
    Chunk chunk;
    try {
      chunk = decoder.decode(data, offset, length);
    } catch (UnreadableException e) {
      skippedEventCount++;
      return;
    }
    ProviderError error = chunk.error();
    if (error != null) {
      throw new Refusals(failures.place()).inStream(soFar().complained(blotted(error)));
    }
    tally.accept(chunk);
    synchronized (events) {
      events.accept(chunk);
    }
  }

  private void endOfBody() {
    if (settings.strictEnd() && !events.isFinished()) {
      throw failures.truncated(
          "it ended without a finish reason and without [DONE]", soFar(), null);
    }
    end();
  }

  private void end() {
    attempt.release();
    leave();
    synchronized (events) {
      events.end(tally.usage(), skippedEventCount, context.requestId());
    }
  }

  private void end(HolySheepException failure) {
    attempt.abort();
    leave();
    if (settings.failureAsEvent()) {
      events.fail(failure);
    } else {
      events.breakOff();
      over = true;
      throw failure;
    }
  }

  private HolySheepException giveUp(HolySheepException failure) {
    over = true;
    attempt.abort();
    leave();
    return failure;
  }

  private void leave() {
    watch.close();
    active.remove(this);
  }

  private void readDocument(Reply head) throws TransportFault {
    byte[] body = head.document();
    Chunk chunk;
    try {
      chunk = decoder.decode(body, 0, body.length);
    } catch (UnreadableException e) {
      throw notAnAnswer(head, body, e);
    }
    if (chunk.error() != null) {
      throw new Refusals(failures.place()).inStream(soFar().complained(blotted(chunk.error())));
    }
    if (chunk.choices().isEmpty()) {
      throw notAnAnswer(head, body, null);
    }
    tally.accept(chunk);
    synchronized (events) {
      events.accept(chunk);
    }
    end();
  }

  private HolySheepException notAnAnswer(
      Reply head, byte[] body, @Nullable UnreadableException cause) {
    String text = String.valueOf(blotOut(new String(body, StandardCharsets.UTF_8))).strip();
    String start = text.substring(0, Math.min(text.length(), QUOTED_CHARACTERS));
    return new ProtocolViolatedException(
        "The reply of "
            + failures.place()
            + " is no chat completion (HTTP "
            + head.status()
            + ", content type "
            + head.header("Content-Type")
            + "). Check the option 'baseUrl'. It"
            + " begins with: "
            + start.replaceAll("\\s+", " "),
        soFar(),
        cause);
  }

  private HolySheepException refused(Reply head) throws TransportFault {
    byte[] body = errorBody(head);
    ProviderError error = blotted(ErrorDecoder.decode(body));
    return new Refusals(failures.place()).of(context.complained(error), RetryAfter.of(head));
  }

  /** Of an error that cannot be read to its end, the status still says enough. */
  private byte[] errorBody(Reply head) throws TransportFault {
    try {
      return head.document();
    } catch (TransportFault e) {
      if (cancelReason != null) {
        throw e;
      }
      return new byte[0];
    }
  }

  /** A fault that was made on this side has another name than one that came from outside. */
  private HolySheepException failure(TransportFault fault) {
    String reason = cancelReason;
    if (reason != null) {
      return failures.cancelled(reason, soFar());
    }
    Deadline deadline = watch.expired();
    if (deadline != null) {
      return failures.late(deadline, watch.limit(deadline), waitingFor(deadline), soFar(), fault);
    }
    if (reply == null && !fault.kind().isBeforeSending()) {
      context = context.sent(1);
    }
    return failures.of(fault, soFar());
  }

  private static String waitingFor(Deadline deadline) {
    return switch (deadline) {
      case FIRST_TOKEN -> "waiting for the first token";
      case IDLE -> "silence in the middle of the answer";
      default -> "waiting for the answer";
    };
  }

  private FailureContext soFar() {
    return context.received(events.answer(), handedOn);
  }

  private ProviderError blotted(ProviderError error) {
    return new ProviderError(
        shortened(error.message()),
        shortened(error.type()),
        shortened(error.code()),
        shortened(error.param()));
  }

  /** The key goes before the text is cut, because the cut might leave half of it. */
  private @Nullable String shortened(@Nullable String text) {
    String words = blotOut(text);
    if (words == null || words.length() <= LONGEST_WORDS) {
      return words;
    }
    return words.substring(0, LONGEST_WORDS) + "...";
  }

  private @Nullable String blotOut(@Nullable String text) {
    return settings.apiKey() == null ? text : settings.apiKey().blotOut(text);
  }

  private @Nullable String requestId(Reply head) {
    String id = head.header("x-request-id");
    return shortened(id == null ? head.header("request-id") : id);
  }
}
