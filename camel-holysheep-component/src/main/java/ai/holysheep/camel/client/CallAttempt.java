package ai.holysheep.camel.client;

import ai.holysheep.camel.chat.ProviderError;
import ai.holysheep.camel.client.MessageReader.Outcome;
import ai.holysheep.camel.error.Deadline;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.error.LimitExceededException;
import ai.holysheep.camel.transport.Attempt;
import ai.holysheep.camel.transport.Reply;
import ai.holysheep.camel.transport.TransportFault;
import ai.holysheep.camel.wire.UnreadableException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One try of a call: sends the request, reads the reply into the intake, watches the time, and
 * names what goes wrong. Whoever made it ends it, by {@link #release} or {@link #abort}. Belongs to
 * the thread that holds the call; any thread may abort.
 */
final class CallAttempt {

  /** A piece of work that may wait for the network. */
  private interface Work {
    Outcome run() throws TransportFault;
  }

  private final Attempt attempt;
  private final CallSettings settings;
  private final Watch watch;
  private final Cancellation cancellation;
  private final AnswerIntake intake;
  private final Diagnosis diagnosis;
  private final Announcements announcements;
  private boolean replied;

  // Written by the thread that holds the call, read by any.
  private volatile @Nullable MessageReader messages;

  CallAttempt(
      Attempt attempt,
      CallSettings settings,
      Watch watch,
      Cancellation cancellation,
      AnswerIntake intake,
      Diagnosis diagnosis,
      Announcements announcements) {
    this.attempt = attempt;
    this.settings = settings;
    this.watch = watch;
    this.cancellation = cancellation;
    this.intake = intake;
    this.diagnosis = diagnosis;
    this.announcements = announcements;
  }

  /**
   * Sends the request and reads the head of the reply, and the whole of one that is no stream.
   *
   * @return {@code DONE} where the whole answer is there
   * @throws HolySheepException when the request is refused or the server is not reached
   */
  Outcome open() {
    return watched(this::sendAndReadHead);
  }

  /**
   * Reads one message.
   *
   * @return {@code DONE} where the answer is whole
   * @throws HolySheepException when it ends in any other way
   */
  Outcome read() {
    Outcome outcome = watched(this::readMessage);
    noteContent();
    return outcome;
  }

  /** Whether the request was accepted, so that messages can be read. Any thread. */
  boolean isOpen() {
    return messages != null;
  }

  /** Whether {@link #read} would not wait for the network. */
  boolean isMessageReady() {
    MessageReader open = messages;
    return open != null && open.isReady();
  }

  /** Whether there is an event without waiting for the network. */
  boolean isEventReady() {
    MessageReader open = messages;
    boolean ready = open != null && open.isEventReady();
    noteContent();
    return ready;
  }

  private void noteContent() {
    switch (intake.takeNews()) {
      case PIECE -> announcements.pieceCame(watch.pieceCame());
      case PROGRESS -> watch.progressed();
      case NOTHING -> {}
    }
  }

  void release() {
    attempt.release();
  }

  void abort() {
    attempt.abort();
  }

  private Outcome sendAndReadHead() throws TransportFault {
    Reply head = attempt.send();
    replied = true;
    diagnosis.replied(head);
    if (head.status() / 100 != 2) {
      throw diagnosis.refused(head, errorBody(head));
    }
    if (head.isSession()) {
      intake.readSession(settings.frameNames());
      watch.leaveSilenceToTheTransport();
    }
    messages = new MessageReader(head, intake, diagnosis, settings);
    return head.isEventStream() ? Outcome.MESSAGE : readDocument(head);
  }

  private Outcome readMessage() throws TransportFault {
    Outcome outcome = Objects.requireNonNull(messages, "opened").read();
    if (outcome != Outcome.END_OF_BODY) {
      return outcome;
    }
    if (cancellation.reason() != null || watch.expired() != null) {
      // A connection that is closed on this side may look as if the server had ended its reply.
      throw new TransportFault(TransportFault.Kind.CUT, "closed on this side", null);
    }
    if (settings.strictEnd() && !intake.isFinished()) {
      throw diagnosis.truncated();
    }
    return Outcome.DONE;
  }

  private Outcome readDocument(Reply head) throws TransportFault {
    byte[] body = head.document();
    try {
      ProviderError error = intake.document(body);
      if (error != null) {
        throw diagnosis.complaint(error);
      }
    } catch (LimitExceededException e) {
      throw diagnosis.beyondLimit(e);
    } catch (UnreadableException e) {
      throw diagnosis.notAnAnswer(head, body, e);
    }
    return Outcome.DONE;
  }

  /** Of an error that cannot be read to its end, the status still says enough. */
  private byte[] errorBody(Reply head) throws TransportFault {
    try {
      return head.beginning(settings.limits().maxErrorBytes());
    } catch (TransportFault e) {
      if (cancellation.reason() != null) {
        throw e;
      }
      return new byte[0];
    }
  }

  private Outcome watched(Work work) {
    try {
      watch.beginWait();
      refuseCancelled();
      return work.run();
    } catch (TransportFault e) {
      throw named(e);
    } catch (HolySheepException e) {
      throw e;
    } catch (RuntimeException e) {
      throw named(TransportFault.unexpected(e));
    } finally {
      watch.endWait();
    }
  }

  /** What was received before the connection closed may still be readable. */
  private void refuseCancelled() {
    String reason = cancellation.reason();
    if (reason != null) {
      throw diagnosis.cancelled(reason);
    }
  }

  /** A fault that was made on this side has another name than one that came from outside. */
  private HolySheepException named(TransportFault fault) {
    if (!replied && !fault.kind().isBeforeSending()) {
      diagnosis.sent();
    }
    String reason = cancellation.reason();
    if (reason != null) {
      return diagnosis.cancelled(reason);
    }
    Deadline deadline = watch.expired();
    if (deadline != null) {
      return diagnosis.late(deadline, watch.limit(deadline), fault);
    }
    return diagnosis.fault(fault);
  }
}
