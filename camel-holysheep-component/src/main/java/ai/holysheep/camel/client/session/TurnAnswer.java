package ai.holysheep.camel.client.session;

import ai.holysheep.camel.chat.AnswerRestarted;
import ai.holysheep.camel.chat.CallEnded;
import ai.holysheep.camel.chat.CallFailed;
import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.Choice;
import ai.holysheep.camel.chat.FinishReason;
import ai.holysheep.camel.chat.Origin;
import ai.holysheep.camel.chat.ReasoningReceived;
import ai.holysheep.camel.chat.Report;
import ai.holysheep.camel.chat.TextReceived;
import ai.holysheep.camel.chat.ToolCall;
import ai.holysheep.camel.chat.ToolCallReceived;
import ai.holysheep.camel.chat.Usage;
import ai.holysheep.camel.error.FailureContext;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.error.Received;
import ai.holysheep.camel.wire.ClientPayload;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer of one turn, made of those of its calls: their events in one sequence, with one end.
 * Knows no time and no thread. Thread-safe.
 */
final class TurnAnswer {

  private final String id;

  // Guarded by this.
  private final Said said;
  private final TurnSums sums = new TurnSums();
  private boolean interrupted;
  private boolean goesOn;
  private boolean endGiven;
  private long nextIndex;
  private @Nullable Origin lastOrigin;
  private @Nullable Report report;

  /**
   * @param maxKeptCharacters how much of the texts is kept
   */
  TurnAnswer(String id, int maxKeptCharacters) {
    this.id = id;
    this.said = new Said(maxKeptCharacters);
  }

  /**
   * Takes note of an event of a call.
   *
   * @return the event of the turn; null where it has none for it
   */
  synchronized @Nullable ChatEvent note(ChatEvent event) {
    if (event instanceof CallEnded ended) {
      return end(ended);
    }
    if (interrupted) {
      return event instanceof CallFailed failed ? cancelled(failed) : late();
    }
    nextIndex = event.origin().index() + 1;
    lastOrigin = event.origin();
    if (event instanceof TextReceived text) {
      said.text(text.text());
    } else if (event instanceof ReasoningReceived reasoning) {
      said.reasoning(reasoning.text());
    } else if (event instanceof ToolCallReceived tool) {
      return named(tool);
    } else if (event instanceof AnswerRestarted) {
      said.forget();
    } else if (event instanceof CallFailed failed) {
      endGiven = true;
      return new CallFailed(failed.origin(), failed.exception(), answer());
    }
    return event;
  }

  /** Whoever answers a call needs an id to answer to. */
  private ChatEvent named(ToolCallReceived tool) {
    String called = said.call(tool.toolCall());
    return called.equals(tool.toolCall().id())
        ? tool
        : new ToolCallReceived(tool.origin(), tool.toolCall().withId(called));
  }

  private @Nullable ChatEvent late() {
    sums.addLateEvent();
    return null;
  }

  private ChatEvent cancelled(CallFailed failed) {
    Usage used = failed.exception() instanceof HolySheepException known ? known.getUsage() : null;
    return interruptedEnd(used);
  }

  private @Nullable ChatEvent end(CallEnded ended) {
    Report how = ended.report();
    sums.addCounts(how);
    if (interrupted) {
      return interruptedEnd(how.usage());
    }
    sums.add(how.usage());
    if (how.finishReason() == FinishReason.TOOL_CALLS || !said.open().isEmpty()) {
      goesOn = true;
      return null;
    }
    endGiven = true;
    lastOrigin = ended.origin();
    report = sums.total(how);
    return new CallEnded(ended.origin(), report, ended.ends());
  }

  /**
   * The last event of an answer that was interrupted.
   *
   * @param ofTheCall what the call has used that was under way; null where that is not known
   */
  synchronized CallEnded interruptedEnd(@Nullable Usage ofTheCall) {
    endGiven = true;
    sums.add(ofTheCall);
    report = sums.interrupted(nextIndex);
    return new CallEnded(new Origin(id, nextIndex, null, null, null), report);
  }

  /** From now on events are dropped, but for the end. */
  synchronized void interrupt() {
    interrupted = true;
  }

  synchronized boolean isInterrupted() {
    return interrupted;
  }

  /** Whether the turn has had its last event. */
  synchronized boolean isEndGiven() {
    return endGiven;
  }

  /** Whether the call that has ended is to be followed by another; asked once. */
  synchronized boolean takeGoesOn() {
    boolean more = goesOn;
    goesOn = false;
    return more;
  }

  /** The index of the next event. */
  synchronized long nextIndex() {
    return nextIndex;
  }

  /** The calls of tools without a result, by their ids. */
  synchronized Map<String, ToolCall> openCalls() {
    return said.open();
  }

  /**
   * Notes the result of a tool.
   *
   * @return what the server is to be told
   * @throws ai.holysheep.camel.error.RequestRejectedException when no such call is open
   */
  synchronized ClientPayload result(
      ClientPayload result, @Nullable String callId, @Nullable String tool) {
    Map.Entry<String, ToolCall> called = OpenCalls.find(said.open(), callId, tool);
    said.result(called.getKey(), result.result());
    return result.with("tool", called.getValue().name()).with("tool_call_id", called.getKey());
  }

  /** As messages of a conversation. */
  synchronized List<Map<String, Object>> messages() {
    return said.messages();
  }

  synchronized ChatAnswer answer() {
    Report how = report;
    Origin origin = lastOrigin;
    Choice choice =
        new Choice(
            0,
            said.text(),
            said.reasoning(),
            said.calls(),
            how == null ? FinishReason.UNKNOWN : how.finishReason(),
            how == null ? null : how.rawFinishReason(),
            said.droppedCharacters());
    return new ChatAnswer(
        id,
        origin == null ? null : origin.responseId(),
        origin == null ? null : origin.model(),
        List.of(choice),
        how);
  }

  synchronized boolean isCut() {
    return said.droppedCharacters() > 0;
  }

  /** What a failure of the turn tells of it. */
  synchronized FailureContext context() {
    return FailureContext.NONE.received(new Received(answer(), nextIndex, sums.usage()));
  }
}
