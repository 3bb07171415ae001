package ai.holysheep.camel.client.session;

import ai.holysheep.camel.chat.CallEnded;
import ai.holysheep.camel.chat.CallFailed;
import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.EventReceiver;
import ai.holysheep.camel.chat.Origin;
import ai.holysheep.camel.chat.PushedCall;
import ai.holysheep.camel.client.PushThreads;
import ai.holysheep.camel.error.CallCancelledException;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.error.RequestRejectedException;
import ai.holysheep.camel.observe.CallerContext;
import ai.holysheep.camel.wire.ClientPayload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
  private final TurnAnswer answer;
  private final CallerContext callerContext;

  // Guarded by this.
  private State state = State.QUEUED;
  private boolean accepted;
  private @Nullable PushedCall call;
  private @Nullable String cancelReason;
  private Runnable withdrawTimer = NOTHING;

  Turn(AgentSession session, TurnRequest request, EventReceiver receiver, PushThreads threads) {
    this.session = session;
    this.request = request;
    this.receiver = receiver;
    this.threads = threads;
    this.callerContext = session.callerContext();
    this.answer = new TurnAnswer(id, request.asked().settings().maxKeptCharacters());
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
    String unwanted;
    synchronized (this) {
      call = next;
      unwanted = answer.isInterrupted() ? "the user interrupted the answer" : cancelReason;
    }
    next.begin();
    if (unwanted != null) {
      next.cancel(unwanted);
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

  /** What observers know of the thread that asked. */
  CallerContext callerContext() {
    return callerContext;
  }

  long nextIndex() {
    return answer.nextIndex();
  }

  /** The messages of this turn up to now. */
  List<Map<String, Object>> messages() {
    List<Map<String, Object>> messages = new ArrayList<>();
    messages.add(Conversation.message("user", request.input().content()));
    messages.addAll(answer.messages());
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
      told = answer.result(result, id, tool);
      complete = state == State.WAITING_FOR_TOOLS && answer.openCalls().isEmpty();
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
      if (state == State.OVER || state == State.QUEUED || answer.isInterrupted()) {
        return false;
      }
      answer.interrupt();
      waiting = state == State.WAITING_FOR_TOOLS;
      state = waiting ? State.OVER : state;
    }
    if (waiting) {
      giveEnd();
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

  /** What it is doing, as {@link ai.holysheep.camel.chat.ActiveSession} has it. */
  synchronized String doing() {
    return state.name().toLowerCase(Locale.ROOT);
  }

  /** Whether it is over, or its end is told already. */
  boolean isEndKnown() {
    return isOver() || answer.isEndGiven();
  }

  synchronized boolean isOver() {
    return state == State.OVER;
  }

  @Override
  public void cancel(String reason) {
    State before;
    synchronized (this) {
      before = state;
      // The call may just have ended, and the turn not yet wait for tools.
      cancelReason = reason;
    }
    switch (before) {
      case ANSWERING -> cancelCall(reason);
      case QUEUED, WAITING_FOR_TOOLS -> fail(cancelled(reason));
      case OVER -> {}
    }
  }

  private CallCancelledException cancelled(String reason) {
    return new CallCancelledException("The turn was cancelled: " + reason + ".", answer.context());
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
      untold = accepted && !answer.isEndGiven();
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

  @Override
  public ChatAnswer answer() {
    return answer.answer();
  }

  @Override
  public boolean isCut() {
    PushedCall current;
    synchronized (this) {
      current = call;
    }
    return answer.isCut() || current != null && current.isCut();
  }

  /** Ends an answer that was interrupted while no call brings events. */
  private void giveEnd() {
    CallEnded end = answer.interruptedEnd(null);
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
    String cancelled;
    synchronized (this) {
      isInterrupted = answer.isInterrupted();
      cancelled = cancelReason;
      complete = answer.openCalls().isEmpty();
      boolean goesOn = complete && !isInterrupted && cancelled == null;
      state = goesOn ? State.ANSWERING : State.WAITING_FOR_TOOLS;
    }
    if (isInterrupted) {
      giveEnd();
    } else if (cancelled != null) {
      fail(cancelled(cancelled));
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
    fail(OpenCalls.late(answer.openCalls(), limit, answer.context()));
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
      ChatEvent told = answer.note(event);
      if (told == null) {
        taken.done();
      } else {
        receiver.receive(told, taken);
      }
    }

    @Override
    public void ended(@Nullable RuntimeException failure) {
      synchronized (Turn.this) {
        call = null;
      }
      boolean wasInterrupted = answer.isInterrupted();
      if (answer.takeGoesOn() && failure == null) {
        awaitTools();
      } else if (wasInterrupted
          && !answer.isEndGiven()
          && failure instanceof CallCancelledException) {
        giveEnd();
      } else {
        Turn.this.end(wasInterrupted && answer.isEndGiven() ? null : failure);
      }
    }
  }
}
