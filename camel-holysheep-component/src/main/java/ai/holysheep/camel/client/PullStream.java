package ai.holysheep.camel.client;

import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.EventStream;
import ai.holysheep.camel.client.MessageReader.Outcome;
import ai.holysheep.camel.error.Deadline;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.recovery.Decision;
import ai.holysheep.camel.recovery.RetryAfter;
import ai.holysheep.camel.recovery.Way;
import ai.holysheep.camel.transport.Timers;
import ai.holysheep.camel.transport.TransportFault;
import java.time.Duration;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call whose events are read from the connection by the thread that takes them, over as many
 * tries as it takes. The lock keeps takers apart; {@link #cancel} and {@link #close} need no lock,
 * because the taker may hold it while it waits: they break off what it waits for, and the taker
 * finds out why.
 */
final class PullStream implements EventStream {

  private static final Logger LOG = LoggerFactory.getLogger(PullStream.class);

  private final String id = UUID.randomUUID().toString();
  private final CallPlan plan;
  private final @Nullable String owner;
  private final Reconnection reconnection;
  private final Timers timers;
  private final Map<String, PullStream> active;
  private final Watch watch;
  private final Cancellation cancellation = new Cancellation();
  private final AnswerIntake intake;

  // Guarded by taking, which is held while its holder waits for the network.
  private final ReentrantLock taking = new ReentrantLock();
  private final Diagnosis diagnosis;
  private boolean opened;
  private int attempt = 1;
  private Duration delay = Duration.ZERO;
  private @Nullable CallAttempt current;
  private @Nullable HolySheepException earlier;

  // Any thread.
  private volatile boolean over;

  PullStream(
      CallPlan plan,
      @Nullable String owner,
      Reconnection reconnection,
      Timers timers,
      Failures failures,
      Map<String, PullStream> active) {
    this.plan = plan;
    this.owner = owner;
    this.reconnection = reconnection;
    this.timers = timers;
    this.active = active;
    this.watch = new Watch(timers, plan.settings().deadlines(), this::ending);
    this.intake = new AnswerIntake(id, plan.request(), plan.settings());
    this.diagnosis = new Diagnosis(plan.request().model(), plan.settings(), failures, intake);
  }

  /**
   * Sends the request until it is accepted, and reads the head of the reply, and the whole of one
   * that is no stream.
   *
   * @throws HolySheepException when it is not accepted
   */
  void open() {
    active.put(id, this);
    do {
      advance();
    } while (current == null && intake.isOpen());
    opened = true;
  }

  @Override
  public String id() {
    return id;
  }

  boolean isOf(String other) {
    return other.equals(owner);
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
      ChatEvent event = intake.poll();
      while (event == null) {
        advance();
        event = intake.poll();
      }
      if (event.isLast()) {
        over = true;
      }
      return event;
    } finally {
      taking.unlock();
    }
  }

  /** Reads to the end without handing on any part, so that a try that fails can be repeated. */
  ChatAnswer whole() {
    taking.lock();
    try {
      while (intake.isOpen() && !intake.isCut()) {
        advance();
      }
      refuseCut();
      over = true;
      return intake.answer();
    } finally {
      taking.unlock();
    }
  }

  /** What is kept is not the whole, and the rest would be paid for in vain. */
  private void refuseCut() {
    if (intake.isCut()) {
      HolySheepException failure = diagnosis.notKept();
      if (intake.isOpen()) {
        abortCurrent();
      }
      end(failure);
    }
  }

  @Override
  public boolean isReady() {
    if (over || !taking.tryLock()) {
      return false;
    }
    try {
      return intake.hasWaiting() || current != null && current.isEventReady();
    } finally {
      taking.unlock();
    }
  }

  @Override
  public ChatAnswer answer() {
    return intake.answer();
  }

  @Override
  public boolean isCut() {
    return intake.isCut();
  }

  @Override
  public void cancel(String reason) {
    if (!over) {
      cancellation.cancel(reason);
    }
    leave();
  }

  @Override
  public void close() {
    if (!over && intake.takenCount() > 0) {
      // The server did its part, though nobody wants the rest.
      reconnection.succeeded();
    }
    over = true;
    cancellation.cancel("its reader closed it");
    leave();
  }

  /** Takes the call one step further: one try opened, or one message read, or one failure met. */
  private void advance() {
    try {
      CallAttempt open = current;
      Outcome outcome = open == null ? connect() : open.read();
      if (outcome == Outcome.DONE) {
        end();
      }
    } catch (HolySheepException e) {
      failed(e);
    } catch (RuntimeException e) {
      abortCurrent();
      end(diagnosis.fault(TransportFault.unexpected(e)));
    }
  }

  private Outcome connect() {
    diagnosis.trying(attempt);
    if (attempt > 1) {
      waitForNextTry();
      watch.nextAttempt();
    }
    CallAttempt next =
        new CallAttempt(plan.attempt(), plan.settings(), watch, cancellation, intake, diagnosis);
    current = next;
    cancellation.watchOver(next::abort);
    // What ran out while there was nothing to break off would not end this try either.
    refuseToGoOn();
    return next.open();
  }

  private void waitForNextTry() {
    Pause pause = new Pause();
    cancellation.watchOver(pause::end);
    // What has ended the call by now does not end the pause any more.
    refuseToGoOn();
    if (delay.isZero()) {
      return;
    }
    watch.beginPause();
    try {
      pause.await(timers, delay);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      cancellation.cancel("the thread that waited for the next try was interrupted");
    } finally {
      watch.endWait();
    }
    refuseToGoOn();
  }

  private void refuseToGoOn() {
    String reason = cancellation.reason();
    if (reason != null) {
      throw diagnosis.cancelled(reason);
    }
    Deadline deadline = watch.expired();
    if (deadline == Deadline.TOTAL || deadline == Deadline.ABANDONED) {
      throw diagnosis.late(deadline, watch.limit(deadline), null);
    }
  }

  private void failed(HolySheepException failure) {
    abortCurrent();
    if (!isTriedAgain(failure)) {
      end(failure);
    }
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
    earlier = failure;
    attempt++;
    delay = retry.delay();
    current = null;
  }

  private void end() {
    CallAttempt last = current;
    if (last != null) {
      last.release();
    }
    leave();
    reconnection.succeeded();
    intake.end(diagnosis.requestId());
  }

  private void end(HolySheepException failure) {
    leave();
    if (earlier != null) {
      // A wait that ends too soon tells nothing of what it was for.
      failure.addSuppressed(earlier);
    }
    if (opened && plan.settings().failureAsEvent()) {
      intake.fail(failure);
    } else {
      intake.breakOff();
      over = true;
      throw failure;
    }
  }

  private void abortCurrent() {
    CallAttempt last = current;
    if (last != null) {
      last.abort();
    }
  }

  private Runnable ending() {
    Runnable breakOff = cancellation.current();
    return () -> timeIsUp(breakOff);
  }

  /** Runs on the timers' thread; the taker, if there is one, finds out why its wait ended. */
  private void timeIsUp(Runnable breakOff) {
    breakOff.run();
    if (watch.expired() == Deadline.ABANDONED) {
      LOG.warn(
          "Nobody took a part of stream {} for {} ms: its connection is closed now. Take a stream to"
              + " its last part or close it, or raise the option 'abandonedTimeout'.",
          id,
          plan.settings().deadlines().abandoned().toMillis());
      leave();
    }
  }

  private void leave() {
    watch.close();
    active.remove(id);
  }
}
