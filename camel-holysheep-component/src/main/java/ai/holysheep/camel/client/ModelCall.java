package ai.holysheep.camel.client;

import ai.holysheep.camel.accounting.CallBudget;
import ai.holysheep.camel.chat.ActiveStream;
import ai.holysheep.camel.chat.StreamState;
import ai.holysheep.camel.chat.Usage;
import ai.holysheep.camel.client.MessageReader.Outcome;
import ai.holysheep.camel.error.CallCancelledException;
import ai.holysheep.camel.error.Deadline;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.observe.CallObserver;
import ai.holysheep.camel.observe.CallOutcome;
import ai.holysheep.camel.observe.CallOutcome.Ending;
import ai.holysheep.camel.observe.CallerContext;
import ai.holysheep.camel.observe.ObservedCall;
import ai.holysheep.camel.recovery.Decision;
import ai.holysheep.camel.recovery.RetryAfter;
import ai.holysheep.camel.recovery.Way;
import ai.holysheep.camel.transport.Attempt;
import ai.holysheep.camel.transport.Call;
import ai.holysheep.camel.transport.SignallingAttempt;
import ai.holysheep.camel.transport.SignallingTransport;
import ai.holysheep.camel.transport.Timers;
import ai.holysheep.camel.transport.Transport;
import ai.holysheep.camel.transport.TransportFault;
import ai.holysheep.camel.wire.TelemetryMessages;
import ai.holysheep.camel.wire.WrittenRequest;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call over as many tries as it takes: all of it but the waiting, which is the business of
 * those who drive it. Belongs to the thread that drives; any thread may cancel.
 */
final class ModelCall {

  private static final Logger LOG = LoggerFactory.getLogger(ModelCall.class);

  private final String id;
  private final CallPlan plan;
  private final @Nullable String owner;
  private final Reconnection reconnection;
  private final ActiveCalls active;
  private final Spending spending;
  private final Executor interruptions;
  private final Timers timers;
  private final Watch watch;
  private final Cancellation cancellation = new Cancellation();
  private final AnswerIntake intake;
  private final Diagnosis diagnosis;
  private final WireLog wireLog;
  private final Announcements announcements;
  private final CallerContext caller;
  private final long begunNanos;

  // Written by the thread that drives, read by any.
  private volatile int attempt = 1;
  private volatile @Nullable CallAttempt current;

  // Owned by the thread that drives.
  private Duration delay = Duration.ZERO;
  private @Nullable HolySheepException earlier;

  /**
   * @param interruptions runs what ends the call because its time is up
   */
  ModelCall(
      StreamStart start,
      CallPlan plan,
      @Nullable String owner,
      Reconnection reconnection,
      Timers timers,
      Failures failures,
      ActiveCalls active,
      Spending spending,
      CallObserver observer,
      Executor interruptions) {
    this.id = start.streamId();
    this.caller = start.caller();
    this.wireLog = new WireLog(id, plan.settings());
    this.announcements = new Announcements(observer, plan.settings().observer());
    this.plan = plan;
    this.owner = owner;
    this.reconnection = reconnection;
    this.active = active;
    this.spending = spending;
    this.interruptions = interruptions;
    this.timers = timers;
    this.begunNanos = timers.nanoTime();
    this.watch = new Watch(timers, plan.settings().deadlines(), this::ending);
    this.intake = new AnswerIntake(start, plan.request(), plan.settings());
    this.diagnosis = new Diagnosis(plan.request().model(), plan.settings(), failures, intake);
  }

  String id() {
    return id;
  }

  boolean isOf(String other) {
    return other.equals(owner);
  }

  /** How it stands now. Any thread. */
  ActiveStream state() {
    return new ActiveStream(
        id,
        plan.request().model(),
        plan.settings().baseUrl(),
        owner,
        Duration.ofNanos(timers.nanoTime() - begunNanos),
        doing(),
        attempt,
        intake.takenCount());
  }

  private StreamState doing() {
    CallAttempt last = current;
    if (last == null) {
      return attempt > 1 ? StreamState.PAUSING : StreamState.SENDING;
    }
    if (!last.isOpen()) {
      return StreamState.SENDING;
    }
    return watch.hasContentCome() ? StreamState.ANSWERING : StreamState.WAITING;
  }

  AnswerIntake intake() {
    return intake;
  }

  Diagnosis diagnosis() {
    return diagnosis;
  }

  Watch watch() {
    return watch;
  }

  Cancellation cancellation() {
    return cancellation;
  }

  CallSettings settings() {
    return plan.settings();
  }

  /** From now on others can find it, and observers know of it; until it has ended. */
  void enter(RunningCall running) {
    WrittenRequest request = plan.request();
    announcements.begun(
        new ObservedCall(
            id,
            request.model(),
            plan.settings().baseUrl(),
            plan.isStream(),
            owner,
            caller,
            () -> TelemetryMessages.input(request)));
    active.add(id, running);
  }

  /** Somebody does not want the rest, so the call has ended for all but its reader. Any thread. */
  void givenUp() {
    leave();
    announce(Ending.CANCELLED, null);
  }

  /** Nothing watches it any more, and nobody finds it. Any thread. */
  private void leave() {
    watch.close();
    active.remove(id);
  }

  private void announce(Ending ending, @Nullable HolySheepException failure) {
    if (announcements.isFirstEnd()) {
      spending.add(plan.request().model(), intake.usage(), plan.settings().pricing());
      announcements.ended(() -> outcome(ending, failure));
    }
  }

  private CallOutcome outcome(Ending ending, @Nullable HolySheepException failure) {
    Usage usage = intake.usage();
    return new CallOutcome(
        ending,
        failure,
        intake.responseId(),
        intake.responseModel(),
        intake.finishReasons(),
        usage,
        watch.latency(usage == null ? null : usage.completionTokens()),
        attempt - 1,
        diagnosis.requestId(),
        intake::answer,
        () -> TelemetryMessages.output(intake.answer()));
  }

  /** The try that is under way; null where another one is to be begun. */
  @Nullable CallAttempt current() {
    return current;
  }

  /** How long to wait before the next try begins. */
  Duration delay() {
    return delay;
  }

  /**
   * A wait before the next try begins.
   *
   * @param end ends the wait, when the call is cancelled or its time is up
   * @throws HolySheepException when that is so already
   */
  void beginPause(Runnable end) {
    diagnosis.trying(attempt);
    cancellation.watchOver(end);
    // What has ended the call by now does not end the pause any more.
    refuseToGoOn();
  }

  /** The next try, as the transport sees it; nothing was asked of it yet. */
  Attempt attempt(Transport transport) {
    Call request = plan.call();
    return wireLog.around(request, transport.attempt(request));
  }

  /** The next try over a transport that nobody waits for. */
  SignallingAttempt attempt(SignallingTransport transport) {
    Call request = plan.call();
    return wireLog.around(request, transport.attempt(request));
  }

  /**
   * Begins the next try.
   *
   * @param transported the same, as the transport sees it; nothing was asked of it yet
   * @throws HolySheepException when the call is not to go on
   */
  CallAttempt beginTry(Attempt transported) {
    diagnosis.trying(attempt);
    if (attempt > 1) {
      watch.nextAttempt();
    }
    refuseOverBudget();
    CallAttempt next =
        new CallAttempt(
            transported, plan.settings(), watch, cancellation, intake, diagnosis, announcements);
    current = next;
    cancellation.watchOver(next::abort);
    // What ran out while there was nothing to break off would not end this try either.
    refuseToGoOn();
    return next;
  }

  private void refuseOverBudget() {
    Duration usedUpFor = spending.usedUpFor();
    if (usedUpFor != null) {
      throw diagnosis.usedUp(spending.budget(), spending.spent(), usedUpFor);
    }
    CallBudget budget = plan.settings().budget();
    if (budget.maxCost() != null && !plan.settings().pricing().knows(plan.request().model())) {
      throw diagnosis.unknownPrice();
    }
    Usage used = intake.overBudget();
    if (used != null) {
      throw diagnosis.overBudget(budget, used);
    }
  }

  /**
   * Throws what ends a call that was cancelled or has no time left.
   *
   * @throws HolySheepException that
   */
  void refuseToGoOn() {
    String reason = cancellation.reason();
    if (reason != null) {
      throw diagnosis.cancelled(reason);
    }
    Deadline deadline = watch.expired();
    if (deadline == Deadline.TOTAL || deadline == Deadline.ABANDONED) {
      throw diagnosis.late(deadline, watch.limit(deadline), null);
    }
  }

  /**
   * Takes the call one step further: one try opened, or one message read.
   *
   * @return the failure that ends the call; null where it goes on, perhaps with another try, or has
   *     come to its end
   */
  @Nullable HolySheepException step(Supplier<Outcome> work) {
    try {
      if (work.get() == Outcome.DONE) {
        end();
      }
      return null;
    } catch (HolySheepException e) {
      abortCurrent();
      return isTriedAgain(e) ? null : ended(e);
    } catch (RuntimeException e) {
      abortCurrent();
      return ended(diagnosis.fault(TransportFault.unexpected(e)));
    }
  }

  /** The answer got as far as anybody wanted it, so the server is one that works. */
  void succeeded() {
    reconnection.succeeded();
  }

  void abortCurrent() {
    CallAttempt last = current;
    if (last != null) {
      last.abort();
    }
  }

  /** Notes that the call has ended with a failure that was not met in a step. */
  HolySheepException ended(HolySheepException failure) {
    leave();
    if (earlier != null) {
      // A wait that ends too soon tells nothing of what it was for.
      failure.addSuppressed(earlier);
    }
    boolean cancelled = failure instanceof CallCancelledException;
    announce(cancelled ? Ending.CANCELLED : Ending.FAILED, failure);
    return failure;
  }

  private void end() {
    CallAttempt last = current;
    if (last != null) {
      last.release();
    }
    leave();
    reconnection.succeeded();
    intake.end(diagnosis.requestId(), watch);
    announce(Ending.COMPLETE, null);
  }

  private boolean isTriedAgain(HolySheepException failure) {
    try {
      boolean continuable = plan.isContinuable() && intake.isContinuable();
      Decision decision = reconnection.after(failure, continuable, id);
      if (decision instanceof RetryAfter retry) {
        prepare(retry, failure);
        return true;
      }
    } catch (RuntimeException e) {
      // A request that cannot be made again does not hide why it was to be made again.
      failure.addSuppressed(e);
    }
    return false;
  }

  private void prepare(RetryAfter retry, HolySheepException failure) {
    if (retry.way() == Way.GO_ON) {
      plan.goOnAfter(intake.answer().text());
    }
    intake.tryAgain(retry.way(), plan.request(), failure);
    announcements.retried(failure, retry.delay(), retry.way() == Way.GO_ON);
    earlier = failure;
    attempt++;
    delay = retry.delay();
    current = null;
  }

  private Runnable ending() {
    Runnable breakOff = cancellation.current();
    return () -> interruptions.execute(() -> timeIsUp(breakOff));
  }

  /** Whoever drives finds out why what it waits for has ended. */
  private void timeIsUp(Runnable breakOff) {
    breakOff.run();
    if (watch.expired() == Deadline.ABANDONED) {
      LOG.warn(
          "Nobody took a part of stream {} for {} ms: its connection is closed now. Take a stream to"
              + " its last part or close it, or raise the option 'abandonedTimeout'.",
          id,
          plan.settings().deadlines().abandoned().toMillis());
      leave();
      announce(Ending.ABANDONED, null);
    }
  }
}
