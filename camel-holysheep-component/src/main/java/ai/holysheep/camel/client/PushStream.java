package ai.holysheep.camel.client;

import ai.holysheep.camel.chat.ActiveStream;
import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.EventReceiver;
import ai.holysheep.camel.chat.PushedCall;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.transport.SignallingTransport;
import ai.holysheep.camel.transport.Timers;
import ai.holysheep.camel.transport.TransportFault;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A call whose events are handed to a receiver as they come, while no thread waits: not for the
 * network, not for the next try, and not for the receiver. Whatever may let the call go on asks for
 * a turn, and a turn takes it as far as it gets. Any thread may cancel.
 */
final class PushStream implements PushedCall, RunningCall {

  private static final Logger LOG = LoggerFactory.getLogger(PushStream.class);

  /** After so many steps, a stream that comes fast lets others have the thread. */
  private static final int STEPS_PER_TURN = 256;

  private final ModelCall call;
  private final AnswerIntake intake;
  private final EventReceiver receiver;
  private final PushThreads threads;
  private final Turns turns;
  private final SignalledTries tries;
  private final HoldingTime holdingTime;
  private final EventReceiver.Taken taken = new TakenByReceiver();

  // Any thread; the receiver holds an event while held is true.
  private final AtomicBoolean held = new AtomicBoolean();
  private volatile @Nullable Refused refused;

  // Owned by the turn.
  private boolean accepted;
  private boolean ended;
  private boolean told;
  private @Nullable HolySheepException failure;

  /**
   * @param transport its attempts wait for nothing
   */
  PushStream(
      ModelCall call,
      SignallingTransport transport,
      Timers timers,
      EventReceiver receiver,
      PushThreads threads) {
    this.call = call;
    this.intake = call.intake();
    this.receiver = receiver;
    this.threads = threads;
    this.turns = new Turns(threads.turns(), this::goOn);
    this.tries = new SignalledTries(call, transport, timers, threads, turns::ask);
    Runnable lookAgain = () -> threads.others().execute(turns::ask);
    Duration longest = call.settings().coalescing().timeout();
    this.holdingTime = new HoldingTime(intake, longest, timers, lookAgain);
  }

  @Override
  public void begin() {
    call.enter(this);
    turns.ask();
  }

  @Override
  public String id() {
    return call.id();
  }

  @Override
  public boolean isOf(String owner) {
    return call.isOf(owner);
  }

  @Override
  public ActiveStream state() {
    return call.state();
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
    threads.others().execute(() -> call.cancellation().cancel(reason));
  }

  /** As far as it gets; false where it could get further. */
  private boolean goOn() {
    try {
      for (int steps = 0; steps < STEPS_PER_TURN; steps++) {
        if (!isStepTaken()) {
          return true;
        }
      }
      return false;
    } catch (RuntimeException e) {
      breakDown(e);
      return true;
    }
  }

  /** What nobody should throw here still ends the call, and whoever waits for it is told. */
  private void breakDown(RuntimeException unexpected) {
    if (told) {
      LOG.error("The end of stream {} was not dealt with.", id(), unexpected);
      return;
    }
    call.abortCurrent();
    intake.breakOff();
    failure = call.ended(call.diagnosis().fault(TransportFault.unexpected(unexpected)));
    finish(null);
  }

  private boolean isStepTaken() {
    if (held.get() || told) {
      return false;
    }
    Refused refusal = refused;
    ChatEvent event = refusal == null ? intake.poll() : null;
    if (event != null) {
      hand(event);
    } else if (refusal != null || ended) {
      finish(refusal);
    } else if (!holdingTime.isUp()) {
      return isStepMade();
    }
    return true;
  }

  private boolean isStepMade() {
    boolean ready = tries.isReady();
    if (ready) {
      step();
    }
    return ready;
  }

  private void hand(ChatEvent event) {
    held.set(true);
    try {
      receiver.receive(event, taken);
    } catch (RuntimeException | Error e) {
      taken.failed(receiver.toString(), e);
    }
  }

  private void step() {
    HolySheepException end = tries.step();
    if (!accepted && tries.isOpened()) {
      accepted = true;
      receiver.accepted();
    }
    if (end != null) {
      failure = end;
      if (tries.isOpened()) {
        intake.fail(end);
      } else {
        intake.breakOff();
      }
    }
    ended = !intake.isOpen();
  }

  private void finish(@Nullable Refused refusal) {
    told = true;
    holdingTime.end();
    if (refusal != null) {
      endRefused(refusal);
    }
    receiver.ended(failure);
  }

  private void endRefused(Refused refusal) {
    HolySheepException known = failure;
    if (known == null) {
      failure = call.diagnosis().cancelled(refusal.words(), refusal.cause());
    } else if (known != refusal.cause()) {
      known.addSuppressed(refusal.cause());
    }
    if (!ended) {
      // The server did its part, though nobody takes the rest.
      call.succeeded();
      call.abortCurrent();
      call.givenUp();
      intake.breakOff();
    }
  }

  private record Refused(String target, Throwable cause) {
    String words() {
      return target + " failed with " + cause;
    }
  }

  private final class TakenByReceiver implements EventReceiver.Taken {

    @Override
    public void done() {
      if (held.compareAndSet(true, false)) {
        turns.ask();
      }
    }

    @Override
    public void failed(String target, Throwable cause) {
      if (held.get()) {
        refused = new Refused(target, cause);
      }
      done();
    }
  }
}
