package ai.holysheep.camel.client;

import ai.holysheep.camel.accounting.CallBudget;
import ai.holysheep.camel.chat.ProviderError;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.error.LimitExceededException;
import ai.holysheep.camel.transport.Frame;
import ai.holysheep.camel.transport.Reply;
import ai.holysheep.camel.transport.TransportFault;
import ai.holysheep.camel.wire.ErrorDecoder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the messages of an event stream into the intake, one at a time, and looks ahead as far as
 * can be done without waiting. Belongs to the thread that holds the call.
 */
final class MessageReader {

  /** What reading one message came to. */
  enum Outcome {
    /** There may be more. */
    MESSAGE,
    /** The server says that the answer is whole. */
    DONE,
    /** The reply has no more. */
    END_OF_BODY
  }

  private static final String DONE = "[DONE]";

  private final Reply reply;
  private final AnswerIntake intake;
  private final Diagnosis diagnosis;
  private final long maxResponseBytes;
  private final CallBudget budget;
  private long receivedBytes;
  private @Nullable Frame ahead;
  private @Nullable HolySheepException failureAhead;

  MessageReader(Reply reply, AnswerIntake intake, Diagnosis diagnosis, CallSettings settings) {
    this.reply = reply;
    this.intake = intake;
    this.diagnosis = diagnosis;
    this.maxResponseBytes = settings.limits().maxResponseBytes();
    this.budget = settings.budget();
  }

  /** Reads the next message; waits for it. */
  Outcome read() throws TransportFault {
    if (failureAhead != null) {
      throw failureAhead;
    }
    if (intake.isSaidToBeWhole()) {
      return Outcome.DONE;
    }
    Frame frame = ahead == null ? reply.next() : ahead;
    ahead = null;
    if (frame == null) {
      return Outcome.END_OF_BODY;
    }
    if (isDone(frame)) {
      return Outcome.DONE;
    }
    accept(frame);
    return intake.isSaidToBeWhole() ? Outcome.DONE : Outcome.MESSAGE;
  }

  /** Whether {@link #read} would not wait for the network. */
  boolean isReady() {
    return ahead != null || failureAhead != null || intake.isSaidToBeWhole() || reply.isReady();
  }

  /** Reads what is there until there is an event; the end is left to {@link #read}. */
  boolean isEventReady() {
    try {
      while (mayLookAhead() && reply.isReady()) {
        Frame frame = reply.next();
        if (frame == null || isDone(frame)) {
          ahead = frame;
        } else {
          accept(frame);
        }
      }
    } catch (TransportFault e) {
      failureAhead = diagnosis.fault(e);
    } catch (HolySheepException e) {
      failureAhead = e;
    } catch (RuntimeException e) {
      failureAhead = diagnosis.fault(TransportFault.unexpected(e));
    }
    return intake.hasWaiting() || failureAhead != null;
  }

  private boolean mayLookAhead() {
    return !intake.hasWaiting()
        && intake.isOpen()
        && !intake.isSaidToBeWhole()
        && ahead == null
        && failureAhead == null;
  }

  private void accept(Frame frame) {
    receivedBytes += frame.length();
    if (receivedBytes > maxResponseBytes) {
      throw diagnosis.tooLong(maxResponseBytes);
    }
    ProviderError error = isError(frame) ? ErrorDecoder.decode(payload(frame)) : decode(frame);
    if (error != null) {
      throw diagnosis.complaint(error);
    }
  }

  private @Nullable ProviderError decode(Frame frame) {
    if (frame.length() == 0) {
      return null;
    }
    try {
      return intake.message(frame.bytes(), frame.offset(), frame.length());
    } catch (LimitExceededException e) {
      throw diagnosis.beyondLimit(e);
    } catch (OverBudgetException e) {
      throw diagnosis.overBudget(budget, e.used());
    }
  }

  private static boolean isDone(Frame frame) {
    return frame.payloadEquals(DONE) && !isError(frame);
  }

  /** Servers name the event of an error, or send it as any other message; both are in use. */
  private static boolean isError(Frame frame) {
    return "error".equals(frame.event());
  }

  private static byte[] payload(Frame frame) {
    return Arrays.copyOfRange(frame.bytes(), frame.offset(), frame.offset() + frame.length());
  }
}
