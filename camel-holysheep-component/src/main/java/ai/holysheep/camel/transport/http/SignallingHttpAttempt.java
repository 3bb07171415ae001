package ai.holysheep.camel.transport.http;

import ai.holysheep.camel.transport.Call;
import ai.holysheep.camel.transport.Reply;
import ai.holysheep.camel.transport.SignallingAttempt;
import ai.holysheep.camel.transport.Timers;
import ai.holysheep.camel.transport.TransportFault;
import ai.holysheep.camel.transport.TransportFault.Kind;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * One request of the async HttpClient. The reactor's thread puts in what comes, one thread at a
 * time takes it, and {@link #abort} comes from any thread.
 */
final class SignallingHttpAttempt implements SignallingAttempt, Exchange.Listener {

  /**
   * Whom an attempt works with.
   *
   * @param client sends
   * @param places who asks for one waits in no thread
   * @param proxy what requests go through; null for the direct way
   * @param closed whether nothing may be sent any more
   * @param underWay holds the attempts that have begun and are not over
   * @param over told when an attempt has ended, and a connection may have become idle
   */
  record Peers(
      CloseableHttpAsyncClient client,
      Places places,
      @Nullable HttpProxy proxy,
      AtomicBoolean closed,
      Set<SignallingHttpAttempt> underWay,
      Runnable over) {}

  /** So many kept connections in a row may turn out to have ended. */
  private static final int STALE_CONNECTIONS = 100;

  private static final Runnable NOTHING = () -> {};

  private final Peers peers;
  private final Call call;
  private final Timers timers;
  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicBoolean hasPlace = new AtomicBoolean();

  // Written by the reactor's thread, or by whoever begins, aborts or releases; read by all.
  private volatile Runnable signal = NOTHING;
  private volatile Runnable leaveQueue = NOTHING;
  private volatile Runnable leaveTimer = NOTHING;
  private volatile boolean closing;
  private volatile boolean dropping;
  private volatile @Nullable Exchange exchange;
  private volatile @Nullable HttpReply reply;
  private volatile @Nullable TransportFault fault;

  // Owned by the thread that the exchange calls on.
  private int staleConnections;
  private int dropped;

  SignallingHttpAttempt(Peers peers, Call call, Timers timers) {
    this.peers = peers;
    this.call = call;
    this.timers = timers;
  }

  @Override
  public void begin(Runnable newSignal) {
    signal = newSignal;
    peers.underWay().add(this);
    peers.client().start();
    if (peers.closed().get()) {
      abort();
    }
    if (closing) {
      close();
      newSignal.run();
      return;
    }
    leaveQueue = peers.places().ask(this::enter, this::giveUpWaiting);
    if (closing) {
      close();
      newSignal.run();
    }
  }

  private void enter() {
    hasPlace.set(true);
    exchange();
  }

  private void giveUpWaiting() {
    fail(
        new TransportFault(
            Kind.NO_PLACE, "all places for concurrent streams are taken for too long", null));
    leave();
    signal.run();
  }

  private void exchange() {
    if (closing) {
      leave();
      return;
    }
    byte[] json = call.body();
    Method method = json == null ? Method.GET : Method.POST;
    HttpRequest request = new BasicHttpRequest(method, call.uri());
    HttpParts.setHeaders(request, call);
    Exchange next =
        new Exchange(request, json == null ? null : new RequestBody(json), peers.proxy(), this);
    exchange = next;
    if (closing) {
      next.close();
    }
    next.start(peers.client());
  }

  @Override
  public boolean isReady() {
    HttpReply there = reply;
    return fault != null || there != null && there.isBegun();
  }

  @Override
  public Reply send() throws TransportFault {
    TransportFault reason = fault;
    if (reason != null) {
      throw reason;
    }
    HttpReply there = reply;
    if (there == null) {
      throw new IllegalStateException("nothing has come yet");
    }
    return there;
  }

  @Override
  public void abort() {
    if (ended.compareAndSet(false, true)) {
      giveUp();
    }
  }

  private void giveUp() {
    fail(new TransportFault(Kind.BROKEN, "The call was aborted", null));
    close();
    signal.run();
  }

  @Override
  public void release() {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    Exchange current = exchange;
    if (current == null || reply == null) {
      giveUp();
      return;
    }
    dropping = true;
    current.bytes().drop();
    if (hasPlace.get()) {
      waitForTheEnd();
    }
  }

  private void waitForTheEnd() {
    try {
      leaveTimer = timers.schedule(HttpAttempt.END_OF_REPLY, this::close);
      if (!hasPlace.get()) {
        leaveTimer.run();
      }
    } catch (RejectedExecutionException e) {
      close();
    }
  }

  /** Whether nothing is left to be done: no place is held and nobody waits for one. */
  boolean isOver() {
    return !peers.underWay().contains(this);
  }

  private void close() {
    closing = true;
    leaveQueue.run();
    Exchange current = exchange;
    if (current != null) {
      current.close();
    } else if (!hasPlace.get()) {
      peers.underWay().remove(this);
    }
  }

  private void fail(TransportFault reason) {
    if (fault == null) {
      fault = reason;
    }
    Exchange current = exchange;
    if (current != null) {
      current.bytes().fail(reason);
    }
  }

  @Override
  public void replied(HttpResponse response) {
    Exchange current = exchange;
    if (current != null) {
      reply = new HttpReply(response, current.bytes(), call.limits());
      signal.run();
    }
  }

  @Override
  public void received() {
    Exchange current = exchange;
    if (!dropping || current == null) {
      signal.run();
      return;
    }
    dropped += current.bytes().drop();
    if (dropped > HttpAttempt.LEFTOVER_BYTES) {
      close();
    }
  }

  @Override
  public void failed(Exception cause, boolean isStale, boolean isSecured) {
    if (isStale && staleConnections++ < STALE_CONNECTIONS) {
      exchange();
      return;
    }
    fail(Faults.beforeTheReply(cause, isSecured, way()));
    leave();
    signal.run();
  }

  private @Nullable HttpProxy way() {
    Exchange current = exchange;
    try {
      return current == null ? null : current.way();
    } catch (HttpException e) {
      return null;
    }
  }

  @Override
  public void exchangeIsOver() {
    leave();
  }

  private void leave() {
    leaveTimer.run();
    if (hasPlace.compareAndSet(true, false)) {
      peers.places().leave();
      peers.over().run();
    }
    peers.underWay().remove(this);
  }
}
