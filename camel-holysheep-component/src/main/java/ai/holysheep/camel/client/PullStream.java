package ai.holysheep.camel.client;

import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.EventStream;
import ai.holysheep.camel.chat.ProviderError;
import ai.holysheep.camel.error.Deadline;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.transport.Attempt;
import ai.holysheep.camel.transport.Reply;
import ai.holysheep.camel.transport.Timers;
import ai.holysheep.camel.transport.TransportFault;
import ai.holysheep.camel.wire.UnreadableException;
import ai.holysheep.camel.wire.WrittenRequest;
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

  private final String id = UUID.randomUUID().toString();
  private final Attempt attempt;
  private final CallSettings settings;
  private final Set<PullStream> active;
  private final Watch watch;
  private final AnswerIntake intake;

  // Guarded by taking, which is held while its holder waits for the network.
  private final ReentrantLock taking = new ReentrantLock();
  private final Diagnosis diagnosis;
  private @Nullable MessageReader messages;
  private boolean replied;

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
    this.settings = settings;
    this.active = active;
    this.watch = new Watch(timers, settings.deadlines(), this::timeIsUp);
    this.intake = new AnswerIntake(id, request);
    this.diagnosis = new Diagnosis(request.model(), settings.apiKey(), failures, intake);
  }

  /** Sends the request and reads the head of the reply, and the whole of one that is no stream. */
  void open() {
    active.add(this);
    try {
      watch.beginWait();
      Reply head = attempt.send();
      replied = true;
      diagnosis.replied(head);
      if (head.status() / 100 != 2) {
        throw diagnosis.refused(head, errorBody(head));
      }
      int maxResponseBytes = settings.limits().maxResponseBytes();
      messages = new MessageReader(head, intake, diagnosis, maxResponseBytes);
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
      diagnosis.handedOn();
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
      return messages != null && messages.isEventReady();
    } finally {
      taking.unlock();
    }
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
      MessageReader.Outcome outcome = Objects.requireNonNull(messages, "opened").read();
      watch.endWait();
      accept(outcome);
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
      throw diagnosis.cancelled(reason);
    }
  }

  private void accept(MessageReader.Outcome outcome) throws TransportFault {
    if (outcome == MessageReader.Outcome.DONE) {
      end();
    } else if (outcome == MessageReader.Outcome.END_OF_BODY) {
      endOfBody();
    }
  }

  private void endOfBody() throws TransportFault {
    if (cancelReason != null || watch.expired() != null) {
      // A connection that is closed on this side may look as if the server had ended its reply.
      throw new TransportFault(TransportFault.Kind.CUT, "closed on this side", null);
    }
    if (settings.strictEnd() && !intake.isFinished()) {
      throw diagnosis.truncated();
    }
    end();
  }

  private void end() {
    attempt.release();
    leave();
    intake.end(diagnosis.requestId());
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
      ProviderError error = intake.document(body);
      if (error != null) {
        throw diagnosis.complaint(error);
      }
    } catch (UnreadableException e) {
      throw diagnosis.notAnAnswer(head, body, e);
    }
    end();
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
    if (!replied && !fault.kind().isBeforeSending()) {
      diagnosis.sent();
    }
    String reason = cancelReason;
    if (reason != null) {
      return diagnosis.cancelled(reason);
    }
    Deadline deadline = watch.expired();
    if (deadline != null) {
      return diagnosis.late(deadline, watch.limit(deadline), fault);
    }
    return diagnosis.fault(fault);
  }

  /** What nobody should throw here still ends the call as any other failure does. */
  private static TransportFault unexpected(RuntimeException e) {
    return new TransportFault(TransportFault.Kind.BROKEN, e.toString(), e);
  }
}
