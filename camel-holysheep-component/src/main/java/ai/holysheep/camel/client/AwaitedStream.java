package ai.holysheep.camel.client;

import ai.holysheep.camel.chat.CallFailed;
import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.EventReceiver;
import ai.holysheep.camel.chat.EventStream;
import ai.holysheep.camel.chat.PushedCall;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A pushed call as a stream that a thread waits for: for calls that must go on while their reader
 * waits, such as those whose text is held back only for some time. The call is never more than one
 * event ahead of its reader. Any thread may close or cancel.
 */
final class AwaitedStream implements EventStream, EventReceiver {

  private final boolean failureAsEvent;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();

  private volatile @Nullable PushedCall call;

  // Guarded by the lock; outside it the receiver is told that an event was taken.
  private boolean accepted;
  private boolean interrupted;
  private boolean ended;
  private @Nullable RuntimeException failure;
  private @Nullable ChatEvent given;
  private @Nullable Taken holding;

  // Any thread.
  private volatile boolean over;

  AwaitedStream(boolean failureAsEvent) {
    this.failureAsEvent = failureAsEvent;
  }

  /**
   * Begins a call whose receiver this is, and waits until it is accepted.
   *
   * @throws RuntimeException the failure of one that is not
   */
  void open(PushedCall pushed) {
    call = pushed;
    pushed.begin();
    lock.lock();
    try {
      while (!accepted && !ended) {
        await();
      }
      RuntimeException refusal = failure;
      if (!accepted && refusal != null) {
        over = true;
        throw refusal;
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void accepted() {
    tell(() -> accepted = true);
  }

  @Override
  public void receive(ChatEvent event, Taken taken) {
    tell(
        () -> {
          given = event;
          holding = taken;
        });
    if (over) {
      // Nobody will ask for it, but the call is to come to its end.
      letGo();
    }
  }

  @Override
  public void ended(@Nullable RuntimeException failure) {
    tell(
        () -> {
          ended = true;
          this.failure = failure;
        });
  }

  private void tell(Runnable what) {
    lock.lock();
    try {
      what.run();
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String id() {
    return call().id();
  }

  @Override
  public boolean hasNext() {
    return !over;
  }

  @Override
  public ChatEvent next() {
    ChatEvent event = awaitEvent();
    if (event.isLast()) {
      over = true;
      letGo();
    }
    if (event instanceof CallFailed failed && !failureAsEvent) {
      throw failed.exception();
    }
    return event;
  }

  private ChatEvent awaitEvent() {
    if (over) {
      throw noMore();
    }
    letGo();
    lock.lock();
    try {
      while (given == null && !ended) {
        await();
      }
      ChatEvent event = given;
      given = null;
      if (event == null) {
        throw noMore();
      }
      return event;
    } finally {
      lock.unlock();
    }
  }

  private NoSuchElementException noMore() {
    return new NoSuchElementException("The stream " + id() + " has no more events.");
  }

  /** The event that was taken last is dealt with, so another one may come. */
  private void letGo() {
    Taken taken = null;
    lock.lock();
    try {
      if (given == null || over) {
        taken = holding;
        holding = null;
      }
    } finally {
      lock.unlock();
    }
    if (taken != null) {
      taken.done();
    }
  }

  private void await() {
    if (interrupted) {
      // The call is about to end, which is waited for.
      news.awaitUninterruptibly();
      return;
    }
    try {
      news.await();
    } catch (InterruptedException e) {
      interrupted = true;
      Thread.currentThread().interrupt();
      call().cancel("the thread that waited for the next part was interrupted");
    }
  }

  @Override
  public boolean isReady() {
    letGo();
    lock.lock();
    try {
      return !over && given != null;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public ChatAnswer answer() {
    return call().answer();
  }

  @Override
  public boolean isCut() {
    return call().isCut();
  }

  @Override
  public void cancel(String reason) {
    call().cancel(reason);
  }

  @Override
  public void close() {
    if (!over) {
      over = true;
      call().cancel("its reader closed it");
    }
    letGo();
  }

  private PushedCall call() {
    return Objects.requireNonNull(call, "opened");
  }
}
