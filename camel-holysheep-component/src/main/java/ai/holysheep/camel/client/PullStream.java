package ai.holysheep.camel.client;

import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.EventStream;
import ai.holysheep.camel.chat.ProviderError;
import ai.holysheep.camel.error.Deadline;
import ai.holysheep.camel.error.FailureContext;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.error.ProtocolViolatedException;
import ai.holysheep.camel.transport.Attempt;
import ai.holysheep.camel.transport.Frame;
import ai.holysheep.camel.transport.Reply;
import ai.holysheep.camel.transport.Timers;
import ai.holysheep.camel.transport.TransportFault;
import ai.holysheep.camel.wire.ErrorDecoder;
import ai.holysheep.camel.wire.UnreadableException;
import ai.holysheep.camel.wire.WrittenRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call whose events are read from the connection by the thread that takes them. The lock keeps
 * takers apart; {@link #cancel} and {@link #close} need no lock, because the taker may hold it
 * while it waits for the network: they abort the attempt, and the taker finds out why.
 */
final class PullStream implements EventStream {

  private static final Logger LOG = LoggerFactory.getLogger(PullStream.class);
  private static final String DONE = "[DONE]";
  private static final int QUOTED_CHARACTERS = 200;

  private final String id = UUID.randomUUID().toString();
  private final Attempt attempt;
  private final WrittenRequest request;
  private final CallSettings settings;
  private final Failures failures;
  private final Set<PullStream> active;
  private final Watch watch;
  private final Redaction redaction;
  private final AnswerIntake intake;

  // Guarded by taking, which is held while its holder waits for the network.
  private final ReentrantLock taking = new ReentrantLock();
  private @Nullable Reply reply;
  private FailureContext context;
  private boolean handedOn;
  private long receivedBytes;
  private @Nullable Frame pending;
  private @Nullable HolySheepException pendingFailure;

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
    this.watch = new Watch(timers, settings.deadlines(), this::timeIsUp);
    this.redaction = new Redaction(settings.apiKey());
    this.intake = new AnswerIntake(id, request);
    this.context = FailureContext.NONE.of(request.model());
  }

  /** Sends the request and reads the head of the reply, and the whole of one that is no stream. */
  void open() {
    active.add(this);
    try {
      watch.beginWait();
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
    } catch (RuntimeException e) {
      throw giveUp(failure(unexpected(e)));
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
    taking.lock();
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
      taking.unlock();
    }
  }

  @Override
  public boolean isReady() {
    if (over || !taking.tryLock()) {
      return false;
    }
    try {
      return reply != null && isEventReady(reply);
    } finally {
      taking.unlock();
    }
  }

  /** Decodes what is there; the end and every failure are left to the one who takes. */
  private boolean isEventReady(Reply from) {
    try {
      while (!intake.hasWaiting() && intake.isOpen() && pending == null && from.isReady()) {
        Frame frame = from.next();
        if (frame == null || isError(frame) || frame.payloadEquals(DONE)) {
          pending = frame;
        } else {
          refuse(decode(frame));
        }
      }
    } catch (TransportFault e) {
      pendingFailure = failure(e);
    } catch (HolySheepException e) {
      pendingFailure = e;
    }
    return intake.hasWaiting() || pendingFailure != null;
  }

  @Override
  public ChatAnswer answer() {
    return intake.answer();
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
    ChatEvent event = intake.poll();
    while (event == null) {
      readMore();
      event = intake.poll();
    }
    return event;
  }

  private void readMore() {
    try {
      watch.beginWait();
      refuseCancelled();
      Frame frame = nextFrame();
      watch.endWait();
      accept(frame);
    } catch (TransportFault e) {
      end(failure(e));
    } catch (HolySheepException e) {
      end(e);
    } catch (RuntimeException e) {
      end(failure(unexpected(e)));
    }
    if (intake.takeContentCame()) {
      watch.contentCame();
    }
  }

  /** What was received before the connection closed may still be readable. */
  private void refuseCancelled() {
    String reason = cancelReason;
    if (reason != null) {
      throw failures.cancelled(reason, soFar());
    }
  }

  /** What was found by looking ahead comes first. */
  private @Nullable Frame nextFrame() throws TransportFault {
    HolySheepException failure = pendingFailure;
    if (failure != null) {
      throw failure;
    }
    Frame frame = pending;
    pending = null;
    return frame == null ? Objects.requireNonNull(reply, "opened").next() : frame;
  }

  private void accept(@Nullable Frame frame) throws TransportFault {
    if (frame == null) {
      endOfBody();
    } else if (isError(frame)) {
      refuse(ErrorDecoder.decode(payload(frame)));
    } else if (frame.payloadEquals(DONE)) {
      end();
    } else {
      refuse(decode(frame));
    }
  }

  /** Servers name the event of an error, or send it as any other message; both are in use. */
  private static boolean isError(Frame frame) {
    return "error".equals(frame.event());
  }

  private static byte[] payload(Frame frame) {
    int end = frame.offset() + frame.length();
    return Arrays.copyOfRange(frame.bytes(), frame.offset(), end);
  }

  private @Nullable ProviderError decode(Frame frame) {
    receivedBytes += frame.length();
    if (receivedBytes > settings.limits().maxResponseBytes()) {
      throw new ProtocolViolatedException(
          "The answer of "
              + failures.place()
              + " is longer than "
              + settings.limits().maxResponseBytes()
              + " bytes. Raise the option 'maxResponseBytes' if that is right.",
          soFar());
    }
    return frame.length() == 0
        ? null
        : intake.message(frame.bytes(), frame.offset(), frame.length());
  }

  private void refuse(@Nullable ProviderError error) {
    if (error != null) {
      FailureContext complaint = soFar().complained(redaction.of(error));
      throw new Refusals(failures.place()).inStream(complaint);
    }
  }

  private void endOfBody() throws TransportFault {
    if (cancelReason != null || watch.expired() != null) {
      // A connection that is closed on this side may look as if the server had ended its reply.
      throw new TransportFault(TransportFault.Kind.CUT, "closed on this side", null);
    }
    if (settings.strictEnd() && !intake.isFinished()) {
      throw failures.truncated(
          "it ended without a finish reason and without [DONE]", soFar(), null);
    }
    end();
  }

  private void end() {
    attempt.release();
    leave();
    intake.end(context.requestId());
  }

  private void end(RuntimeException failure) {
    attempt.abort();
    leave();
    if (settings.failureAsEvent()) {
      intake.fail(failure);
    } else {
      intake.breakOff();
      over = true;
      throw failure;
    }
  }

  private RuntimeException giveUp(RuntimeException failure) {
    over = true;
    attempt.abort();
    leave();
    return failure;
  }

  /** Runs on the timers' thread; the taker, if there is one, finds out why its read failed. */
  private void timeIsUp() {
    attempt.abort();
    if (watch.expired() == Deadline.ABANDONED) {
      LOG.warn(
          "Nobody took a part of stream {} for {} ms: its connection is closed now. Take a stream to"
              + " its last part or close it, or raise the option 'abandonedTimeout'.",
          id,
          settings.deadlines().abandoned().toMillis());
      leave();
    }
  }

  private void leave() {
    watch.close();
    active.remove(this);
  }

  private void readDocument(Reply head) throws TransportFault {
    byte[] body = head.document();
    try {
      refuse(intake.document(body));
    } catch (UnreadableException e) {
      throw notAnAnswer(head, body, e);
    }
    end();
  }

  private HolySheepException notAnAnswer(Reply head, byte[] body, UnreadableException cause) {
    String type = redaction.of(head.header("Content-Type"));
    return new ProtocolViolatedException(
        "The reply of "
            + failures.place()
            + " is no chat completion (HTTP "
            + head.status()
            + ", content type "
            + type
            + "). Check the option 'baseUrl'. It begins with: "
            + redaction.start(new String(body, StandardCharsets.UTF_8), QUOTED_CHARACTERS),
        soFar(),
        cause);
  }

  private HolySheepException refused(Reply head) throws TransportFault {
    ProviderError error = redaction.of(ErrorDecoder.decode(errorBody(head)));
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
    if (reply == null && !fault.kind().isBeforeSending()) {
      context = context.sent(1);
    }
    String reason = cancelReason;
    if (reason != null) {
      return failures.cancelled(reason, soFar());
    }
    Deadline deadline = watch.expired();
    if (deadline != null) {
      return failures.late(deadline, watch.limit(deadline), waitingFor(deadline), soFar(), fault);
    }
    return failures.of(fault, soFar());
  }

  /** What nobody should throw here still ends the call as any other failure does. */
  private static TransportFault unexpected(RuntimeException e) {
    return new TransportFault(TransportFault.Kind.BROKEN, e.toString(), e);
  }

  private static String waitingFor(Deadline deadline) {
    return switch (deadline) {
      case FIRST_TOKEN -> "waiting for the first token";
      case IDLE -> "silence in the middle of the answer";
      case ABANDONED -> "waiting for the route to take the next part";
      default -> "waiting for the answer";
    };
  }

  private FailureContext soFar() {
    return context.received(intake.answer(), handedOn);
  }

  private @Nullable String requestId(Reply head) {
    String id = head.header("x-request-id");
    return redaction.of(id == null ? head.header("request-id") : id);
  }
}
