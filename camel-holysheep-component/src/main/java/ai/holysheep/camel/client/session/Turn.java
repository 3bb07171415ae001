package ai.holysheep.camel.client.session;

import ai.holysheep.camel.chat.AnswerRestarted;
import ai.holysheep.camel.chat.CallEnded;
import ai.holysheep.camel.chat.CallFailed;
import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.Choice;
import ai.holysheep.camel.chat.EventReceiver;
import ai.holysheep.camel.chat.FinishReason;
import ai.holysheep.camel.chat.Origin;
import ai.holysheep.camel.chat.PushedCall;
import ai.holysheep.camel.chat.ReasoningReceived;
import ai.holysheep.camel.chat.Report;
import ai.holysheep.camel.chat.TextReceived;
import ai.holysheep.camel.chat.ToolCall;
import ai.holysheep.camel.chat.ToolCallReceived;
import ai.holysheep.camel.chat.Usage;
import ai.holysheep.camel.client.PushThreads;
import ai.holysheep.camel.error.CallCancelledException;
import ai.holysheep.camel.error.FailureContext;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.error.Received;
import ai.holysheep.camel.error.RequestRejectedException;
import ai.holysheep.camel.wire.ClientPayload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One turn of a session: what the user says, and the model's answer with all the tools that it
 * calls on the way, as one stream of events with one end. It is made of as many calls as that
 * takes: where the results of tools are part of another request, each of them begins one. Any
 * thread may cancel or interrupt it.
 */
final class Turn implements PushedCall {

  private enum State {
    /** Turns before it are not over. */
    QUEUED,
    /** A call brings events. */
    ANSWERING,
    /** Tools have been called, and their results will begin the next call. */
    WAITING_FOR_TOOLS,
    /** The receiver is told of the end, or has been. */
    OVER
  }

  private static final Runnable NOTHING = () -> {};

  private final String id = UUID.randomUUID().toString();
  private final AgentSession session;
  private final TurnRequest request;
  private final EventReceiver receiver;
  private final PushThreads threads;
  private final EventReceiver inner = new OfOneCall();

  // Guarded by this.
  private final Said said;
  private State state = State.QUEUED;
  private boolean accepted;
  private boolean interrupted;
  private boolean goesOn;
  private boolean endGiven;
  private long nextIndex;
  private final TurnSums sums = new TurnSums();
  private @Nullable PushedCall call;
  private @Nullable Origin lastOrigin;
  private @Nullable Report report;
  private Runnable withdrawTimer = NOTHING;

  Turn(AgentSession session, TurnRequest request, EventReceiver receiver, PushThreads threads) {
    this.session = session;
    this.request = request;
    this.receiver = receiver;
    this.threads = threads;
    this.said = new Said(request.asked().settings().maxKeptCharacters());
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public void begin() {
    session.enqueue(this);
  }

  /**
   * Turns before it are not over. Nobody waits for that: whoever asks may be the one that takes
   * their events.
   */
  void queued() {
    accept();
  }

  private void accept() {
    boolean isFirst;
    synchronized (this) {
      isFirst = !accepted;
      accepted = true;
    }
    if (isFirst) {
      receiver.accepted();
    }
  }

  /** It is this turn's turn. */
  void start() {
    synchronized (this) {
      if (state != State.QUEUED) {
        return;
      }
      state = State.ANSWERING;
    }
    call(true);
  }

  private void call(boolean isFirst) {
    PushedCall next;
    try {
      next = session.call(this, isFirst);
    } catch (RuntimeException e) {
      end(e);
      return;
    }
    boolean unwanted;
    synchronized (this) {
      call = next;
      unwanted = interrupted;
    }
    next.begin();
    if (unwanted) {
      next.cancel("the user interrupted the answer");
    }
  }

  TurnRequest request() {
    return request;
  }

  EventReceiver inner() {
    return inner;
  }

  PushThreads threads() {
    return threads;
  }

  synchronized long nextIndex() {
    return nextIndex;
  }

  /** The messages of this turn up to now. */
  synchronized List<Map<String, Object>> messages() {
    List<Map<String, Object>> messages = new ArrayList<>();
    messages.add(Conversation.message("user", request.input().content()));
    messages.addAll(said.messages());
    return messages;
  }

  /**
   * A tool has answered.
   *
   * @param id which call; null where there is only one without a result
   * @param tool the name of the tool; null where not known
   * @return what the server is to be told
   * @throws RequestRejectedException when there is no such call without a result
   */
  ClientPayload result(ClientPayload result, @Nullable String id, @Nullable String tool) {
    ClientPayload told;
    boolean complete;
    synchronized (this) {
      Map.Entry<String, ToolCall> called = OpenCalls.find(said.open(), id, tool);
      told = result.with("tool", called.getValue().name()).with("tool_call_id", called.getKey());
      said.result(called.getKey(), result.result());
      complete = state == State.WAITING_FOR_TOOLS && said.open().isEmpty();
      if (complete) {
        state = State.ANSWERING;
        withdrawTimer.run();
      }
    }
    if (complete) {
      threads.others().execute(() -> call(false));
    }
    return told;
  }

  /** Ends the answer because the user does not want the rest; false where it is over. */
  boolean interrupt() {
    boolean waiting;
    synchronized (this) {
      if (state == State.OVER || state == State.QUEUED || interrupted) {
        return false;
      }
      interrupted = true;
      waiting = state == State.WAITING_FOR_TOOLS;
    }
    if (waiting) {
      giveEnd(interruptedEnd(null));
    } else if (!session.interruptOverSocket(this)) {
      cancelCall("the user interrupted the answer");
    }
    return true;
  }

  /** The server has not ended the answer that was interrupted. */
  void interruptTimeIsUp() {
    if (!isOver()) {
      cancelCall("the user interrupted the answer, which the server did not end");
    }
  }

  synchronized boolean isOver() {
    return state == State.OVER;
  }

  @Override
  public void cancel(String reason) {
    State before;
    synchronized (this) {
      before = state;
    }
    switch (before) {
      case ANSWERING -> cancelCall(reason);
      case QUEUED, WAITING_FOR_TOOLS ->
          fail(new CallCancelledException("The turn was cancelled: " + reason + ".", context()));
      case OVER -> {}
    }
  }

  private void cancelCall(String reason) {
    PushedCall current;
    synchronized (this) {
      current = call;
    }
    if (current != null) {
      current.cancel(reason);
    }
  }

  /** Ends the turn while no call brings events and the receiver holds none. */
  private void fail(HolySheepException failure) {
    boolean told;
    synchronized (this) {
      if (state == State.OVER || state == State.ANSWERING) {
        return;
      }
      state = State.OVER;
      withdrawTimer.run();
      told = accepted;
    }
    threads.others().execute(() -> tellFailure(failure, told));
  }

  private void tellFailure(HolySheepException failure, boolean asEvent) {
    if (asEvent) {
      Origin origin = new Origin(id, nextIndex(), null, null, null);
      receiver.receive(new CallFailed(origin, failure, answer()), new Over(failure));
    } else {
      over(failure);
    }
  }

  private void end(@Nullable RuntimeException failure) {
    boolean untold;
    synchronized (this) {
      state = State.OVER;
      withdrawTimer.run();
      untold = accepted && !endGiven;
    }
    if (failure instanceof HolySheepException known) {
      tellFailure(known, untold);
    } else {
      over(failure);
    }
  }

  private void over(@Nullable RuntimeException failure) {
    try {
      receiver.ended(failure);
    } finally {
      session.over(this, failure == null);
    }
  }

  private FailureContext context() {
    Usage used;
    synchronized (this) {
      used = sums.usage();
    }
    return FailureContext.NONE.received(new Received(answer(), nextIndex(), used));
  }

  @Override
  public synchronized ChatAnswer answer() {
    Report how = report;
    Origin origin = lastOrigin;
    FinishReason reason = how == null ? FinishReason.UNKNOWN : how.finishReason();
    Choice choice =
        new Choice(
            0,
            said.text(),
            said.reasoning(),
            said.calls(),
            reason,
            how == null ? null : how.rawFinishReason(),
            said.droppedCharacters());
    return new ChatAnswer(
        id,
        origin == null ? null : origin.responseId(),
        origin == null ? null : origin.model(),
        List.of(choice),
        how);
  }

  @Override
  public boolean isCut() {
    PushedCall current;
    synchronized (this) {
      if (said.droppedCharacters() > 0) {
        return true;
      }
      current = call;
    }
    return current != null && current.isCut();
  }

  /** The last event of a turn that was interrupted. */
  private synchronized CallEnded interruptedEnd(@Nullable Usage ofTheCall) {
    sums.add(ofTheCall);
    report = sums.interrupted(nextIndex);
    return new CallEnded(new Origin(id, nextIndex, null, null, null), report);
  }

  private void giveEnd(CallEnded end) {
    synchronized (this) {
      state = State.OVER;
      withdrawTimer.run();
    }
    threads
        .others()
        .execute(
            () -> {
              accept();
              receiver.receive(end, new Over(null));
            });
  }

  /** Waits until the results of the tools are there. */
  private void awaitTools() {
    boolean isInterrupted;
    boolean complete;
    synchronized (this) {
      goesOn = false;
      isInterrupted = interrupted;
      complete = said.open().isEmpty();
      state = complete && !isInterrupted ? State.ANSWERING : State.WAITING_FOR_TOOLS;
    }
    if (isInterrupted) {
      giveEnd(interruptedEnd(null));
    } else if (complete) {
      call(false);
    } else {
      setToolTimer();
    }
  }

  private void setToolTimer() {
    Duration limit = session.settings().toolTimeout();
    if (limit.isZero()) {
      return;
    }
    Runnable withdraw = session.timers().schedule(limit, () -> toolsAreLate(limit));
    synchronized (this) {
      withdrawTimer = withdraw;
      if (state != State.WAITING_FOR_TOOLS) {
        withdraw.run();
      }
    }
  }

  private void toolsAreLate(Duration limit) {
    Map<String, ToolCall> open;
    synchronized (this) {
      open = said.open();
    }
    fail(OpenCalls.late(open, limit, context()));
  }

  /** The receiver has taken an end that no call has given. */
  private final class Over implements EventReceiver.Taken {

    private final @Nullable RuntimeException failure;

    Over(@Nullable RuntimeException failure) {
      this.failure = failure;
    }

    @Override
    public void done() {
      threads.others().execute(() -> over(failure));
    }

    @Override
    public void failed(String target, Throwable cause) {
      done();
    }
  }

  /** Takes the events of one call of the turn. */
  private final class OfOneCall implements EventReceiver {

    @Override
    public void accepted() {
      accept();
    }

    @Override
    public void receive(ChatEvent event, Taken taken) {
      ChatEvent told = note(event);
      if (told == null) {
        taken.done();
      } else {
        receiver.receive(told, taken);
      }
    }

    /** The event for the receiver; null where it is none for it. */
    private @Nullable ChatEvent note(ChatEvent event) {
      synchronized (Turn.this) {
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
    }

    /** Whoever answers a call needs an id to answer to. */
    private ChatEvent named(ToolCallReceived tool) {
      String called = said.call(tool.toolCall());
      return called.equals(tool.toolCall().id())
          ? tool
          : new ToolCallReceived(tool.origin(), tool.toolCall().withId(called));
    }

    private @Nullable ChatEvent late() {
      session.lateEvent();
      return null;
    }

    private ChatEvent cancelled(CallFailed failed) {
      endGiven = true;
      Usage used = failed.exception() instanceof HolySheepException known ? known.getUsage() : null;
      return interruptedEnd(used);
    }

    private @Nullable ChatEvent end(CallEnded ended) {
      Report how = ended.report();
      sums.addCounts(how);
      if (interrupted) {
        endGiven = true;
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

    @Override
    public void ended(@Nullable RuntimeException failure) {
      boolean more;
      boolean unsaid;
      boolean wasInterrupted;
      synchronized (Turn.this) {
        call = null;
        more = goesOn && failure == null;
        unsaid = interrupted && !endGiven && failure instanceof CallCancelledException;
        wasInterrupted = interrupted && endGiven;
      }
      if (more) {
        awaitTools();
      } else if (unsaid) {
        giveEnd(interruptedEnd(null));
      } else {
        Turn.this.end(wasInterrupted ? null : failure);
      }
    }
  }
}
