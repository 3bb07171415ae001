package ai.holysheep.camel.client;

import ai.holysheep.camel.accounting.CallBudget;
import ai.holysheep.camel.accounting.Spent;
import ai.holysheep.camel.accounting.WindowBudget;
import ai.holysheep.camel.chat.ProviderError;
import ai.holysheep.camel.chat.Usage;
import ai.holysheep.camel.error.Deadline;
import ai.holysheep.camel.error.FailureContext;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.error.LimitExceededException;
import ai.holysheep.camel.error.Progress;
import ai.holysheep.camel.error.ProtocolViolatedException;
import ai.holysheep.camel.error.Refusal;
import ai.holysheep.camel.error.Response;
import ai.holysheep.camel.transport.Reply;
import ai.holysheep.camel.transport.TransportFault;
import ai.holysheep.camel.wire.ErrorDecoder;
import ai.holysheep.camel.wire.UnreadableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one call, and so the exception that it ends with when it fails: each carries how
 * far the call had come and what had been received. Belongs to the thread that holds the call.
 */
final class Diagnosis {

  private static final int QUOTED_CHARACTERS = 200;

  private final Failures failures;
  private final Refusals refusals;
  private final BudgetFailures budgets;
  private final Redaction redaction;
  private final AnswerIntake intake;
  private final String model;
  private FailureContext context;

  Diagnosis(String model, CallSettings settings, Failures failures, AnswerIntake intake) {
    this.failures = failures;
    this.refusals = new Refusals(failures.place(), settings.retries().maxRetryAfter());
    this.budgets = new BudgetFailures(failures, model);
    this.redaction = new Redaction(settings);
    this.intake = intake;
    this.model = model;
    this.context = FailureContext.NONE;
  }

  /** The n-th try begins. What an earlier one sent stays sent, whatever becomes of this one. */
  void trying(int attempt) {
    FailureContext fresh = FailureContext.NONE.trying(model, attempt);
    context = context.progress() == Progress.NOT_SENT ? fresh : fresh.sent();
  }

  /** From now on the server may have seen the request. */
  void sent() {
    context = context.sent();
  }

  /** The head of the reply is there. */
  void replied(Reply head) {
    String id = head.header("x-request-id");
    String requestId = redaction.of(id == null ? head.header("request-id") : id);
    context =
        context.sent().replied(new Response(head.status(), requestId, null, RetryHeaders.of(head)));
  }

  @Nullable String requestId() {
    return context.requestId();
  }

  HolySheepException fault(TransportFault fault) {
    return failures.of(shown(fault), soFar());
  }

  /** What is no HTTP is quoted, and may be long or hold what must not be shown. */
  private TransportFault shown(TransportFault fault) {
    if (fault.kind() != TransportFault.Kind.NOT_HTTP) {
      return fault;
    }
    String words = redaction.start(String.valueOf(fault.getMessage()), QUOTED_CHARACTERS);
    TransportFault shown = new TransportFault(fault.kind(), words, fault.getCause());
    shown.setStackTrace(fault.getStackTrace());
    return shown;
  }

  HolySheepException cancelled(String reason) {
    return cancelled(reason, null);
  }

  HolySheepException cancelled(String reason, @Nullable Throwable cause) {
    return failures.cancelled(reason, soFar(), cause);
  }

  HolySheepException late(Deadline deadline, Duration limit, @Nullable TransportFault fault) {
    return failures.late(deadline, limit, waitingFor(deadline), soFar(), fault);
  }

  HolySheepException truncated() {
    return failures.truncated("it ended without a finish reason and without [DONE]", soFar(), null);
  }

  HolySheepException tooLong(long maxResponseBytes) {
    return new ProtocolViolatedException(
        "The answer of "
            + failures.place()
            + " is longer than "
            + maxResponseBytes
            + " bytes. Raise the option 'maxResponseBytes' if that is right.",
        soFar());
  }

  HolySheepException beyondLimit(LimitExceededException e) {
    return new ProtocolViolatedException(
        "The answer of " + failures.place() + " is not believed: " + e.getMessage() + ".",
        soFar(),
        e);
  }

  /** The call has used more than it may, or would with what it sends next. */
  HolySheepException overBudget(CallBudget budget, Usage used) {
    return budgets.overBudget(budget, used, soFar());
  }

  HolySheepException unknownPrice() {
    return budgets.unknownPrice(soFar());
  }

  /** All calls together have used what they may. */
  HolySheepException usedUp(WindowBudget budget, Spent spent, Duration usedUpFor) {
    return budgets.usedUp(budget, spent, usedUpFor, soFar());
  }

  /** An answer that is wanted whole, and was not kept whole. */
  HolySheepException notKept() {
    return failures.notKept(soFar());
  }

  /** A reply with another status than 2xx. */
  HolySheepException refused(Reply head, byte[] body) {
    ProviderError error = redaction.of(ErrorDecoder.decode(body));
    Refusal refusal = new Exhibit(failures.place(), redaction).of(head, body);
    return refusals.of(soFar().complained(error).refused(refusal));
  }

  /** An error in a reply whose status was 2xx. */
  HolySheepException complaint(ProviderError error) {
    return refusals.inStream(soFar().complained(redaction.of(error)));
  }

  HolySheepException notAnAnswer(Reply head, byte[] body, UnreadableException cause) {
    return new ProtocolViolatedException(
        "The reply of "
            + failures.place()
            + " is no chat completion (HTTP "
            + head.status()
            + ", content type "
            + redaction.of(head.header("Content-Type"))
            + "). Check the option 'baseUrl'. It begins with: "
            + redaction.start(new String(body, StandardCharsets.UTF_8), QUOTED_CHARACTERS),
        soFar(),
        cause);
  }

  private FailureContext soFar() {
    return context.received(intake.received());
  }

  private static String waitingFor(Deadline deadline) {
    return switch (deadline) {
      case FIRST_TOKEN -> "waiting for the first token";
      case IDLE -> "silence in the middle of the answer";
      case ABANDONED -> "waiting for the route to take the next part";
      default -> "waiting for the answer";
    };
  }
}
