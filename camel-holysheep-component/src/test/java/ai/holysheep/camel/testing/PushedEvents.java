package ai.holysheep.camel.testing;

import ai.holysheep.camel.chat.CallFailed;
import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.ChatRequest;
import ai.holysheep.camel.chat.EventReceiver;
import ai.holysheep.camel.chat.EventStream;
import ai.holysheep.camel.chat.PushedCall;
import ai.holysheep.camel.client.CallSettings;
import ai.holysheep.camel.client.ChatClient;
import ai.holysheep.camel.client.PushThreads;
import java.util.NoSuchElementException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The events of a pushed call, for tests that take them as those of any stream: who takes one lets
 * the call go on when he asks for the next. Turns run on the threads that cause them.
 */
public final class PushedEvents implements EventStream, EventReceiver {

  private static final long PATIENCE_SECONDS = 10;

  private record Given(ChatEvent event, Taken taken) {}

  private final boolean failureAsEvent;
  private final BlockingQueue<Object> given = new LinkedBlockingQueue<>();
  private PushedCall call;
  private Taken held;
  private volatile boolean over;
  private volatile RuntimeException failure;
  private volatile int endCount;

  private PushedEvents(boolean failureAsEvent) {
    this.failureAsEvent = failureAsEvent;
  }

  /**
   * Begins a call and waits until it is accepted or has ended.
   *
   * @throws RuntimeException the failure of one that is not accepted
   */
  public static PushedEvents open(
      ChatClient client,
      FakeTransport transport,
      ChatRequest request,
      CallSettings settings,
      String owner) {
    PushedEvents events = new PushedEvents(settings.failureAsEvent());
    events.call =
        client.pushed(request, settings, owner, events, PushThreads.ofTransport(Runnable::run));
    events.call.begin();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (events.given.isEmpty() && !transport.isAccepted() && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    if (events.given.peek() instanceof RuntimeException refusal) {
      throw refusal;
    }
    return events;
  }

  @Override
  public synchronized void receive(ChatEvent event, Taken taken) {
    if (over) {
      taken.done();
    } else {
      given.add(new Given(event, taken));
    }
  }

  @Override
  public void ended(RuntimeException failure) {
    endCount++;
    this.failure = failure;
    given.add(failure == null ? "the end" : failure);
  }

  /** How many times the receiver was told that the call is over. */
  public int endCount() {
    return endCount;
  }

  /** The failure that the call ended with. */
  public RuntimeException failure() {
    return failure;
  }

  @Override
  public String id() {
    return call.id();
  }

  @Override
  public boolean hasNext() {
    return !over;
  }

  @Override
  public ChatEvent next() {
    if (over) {
      throw new NoSuchElementException();
    }
    letGo();
    if (await() instanceof Given next) {
      held = next.taken();
      if (next.event().isLast()) {
        over = true;
        letGo();
      }
      if (next.event() instanceof CallFailed failed && !failureAsEvent) {
        throw failed.exception();
      }
      return next.event();
    }
    over = true;
    throw new NoSuchElementException();
  }

  private void letGo() {
    Taken last = held;
    held = null;
    if (last != null) {
      last.done();
    }
  }

  private Object await() {
    try {
      Object next = given.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (next == null) {
        throw new IllegalStateException("neither an event nor the end came");
      }
      return next;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public boolean isReady() {
    letGo();
    return !over && !given.isEmpty();
  }

  @Override
  public ChatAnswer answer() {
    return call.answer();
  }

  @Override
  public boolean isCut() {
    return call.answer().isCut();
  }

  @Override
  public void cancel(String reason) {
    call.cancel(reason);
  }

  @Override
  public void close() {
    if (!over) {
      over = true;
      cancel("its reader closed it");
      takeTheRest();
    }
  }

  private synchronized void takeTheRest() {
    letGo();
    for (Object next = given.poll(); next instanceof Given event; next = given.poll()) {
      event.taken().done();
    }
  }
}
