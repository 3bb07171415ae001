package ai.holysheep.camel.client;

import ai.holysheep.camel.chat.ActiveStream;
import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.EventStream;
import ai.holysheep.camel.client.MessageReader.Outcome;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.transport.Timers;
import ai.holysheep.camel.transport.Transport;
import java.util.NoSuchElementException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * A call whose events are read from the connection by the thread that takes them. The lock keeps
 * takers apart; {@link #cancel} and {@link #close} need no lock, because the taker may hold it
 * while it waits: they break off what it waits for, and the taker finds out why.
 */
final class PullStream implements EventStream, RunningCall {

  private final ModelCall call;
  private final AnswerIntake intake;
  private final Transport transport;
  private final Timers timers;
  private final Supplier<Outcome> step = this::openOrRead;

  // Guarded by taking, which is held while its holder waits for the network.
  private final ReentrantLock taking = new ReentrantLock();
  private boolean opened;

  // Any thread.
  private volatile boolean over;

  /**
   * @param transport its attempts wait for the network
   */
  PullStream(ModelCall call, Transport transport, Timers timers) {
    this.call = call;
    this.intake = call.intake();
    this.transport = transport;
    this.timers = timers;
  }

  /**
   * Sends the request until it is accepted, and reads the head of the reply, and the whole of one
   * that is no stream.
   *
   * @throws HolySheepException when it is not accepted
   */
  void open() {
    call.enter(this);
    do {
      advance();
    } while (call.current() == null && intake.isOpen());
    opened = true;
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
  public boolean hasNext() {
    return !over;
  }

  @Override
  public ChatEvent next() {
    taking.lock();
    try {
      if (over) {
        throw new NoSuchElementException("The stream " + id() + " has no more events.");
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
      HolySheepException failure = call.diagnosis().notKept();
      if (intake.isOpen()) {
        call.abortCurrent();
      }
      fail(call.ended(failure));
    }
  }

  @Override
  public boolean isReady() {
    if (over || !taking.tryLock()) {
      return false;
    }
    try {
      CallAttempt current = call.current();
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
      call.cancellation().cancel(reason);
    }
    call.givenUp();
  }

  @Override
  public void close() {
    if (!over && intake.takenCount() > 0) {
      // The server did its part, though nobody wants the rest.
      call.succeeded();
    }
    over = true;
    call.cancellation().cancel("its reader closed it");
    call.givenUp();
  }

  private void advance() {
    HolySheepException failure = call.step(step);
    if (failure != null) {
      fail(failure);
    }
  }

  private Outcome openOrRead() {
    CallAttempt open = call.current();
    return open == null ? connect() : open.read();
  }

  private Outcome connect() {
    waitForTheTry();
    return call.beginTry(call.attempt(transport)).open();
  }

  private void waitForTheTry() {
    Pause pause = new Pause();
    call.beginPause(pause::end);
    if (call.delay().isZero()) {
      return;
    }
    call.watch().beginPause();
    try {
      pause.await(timers, call.delay());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      call.cancellation().cancel("the thread that waited for the next try was interrupted");
    } finally {
      call.watch().endWait();
    }
    call.refuseToGoOn();
  }

  private void fail(HolySheepException failure) {
    if (opened && call.settings().failureAsEvent()) {
      intake.fail(failure);
    } else {
      intake.breakOff();
      over = true;
      throw failure;
    }
  }
}
