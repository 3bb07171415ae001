package ai.holysheep.camel;

import ai.holysheep.camel.convert.RouteFailures;
import ai.holysheep.camel.error.HolySheepException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Lets an exchange go on when what it says has been sent: on its own thread where that is so at
 * once. Otherwise on a thread that may wait, because the rest of the route may wait for what the
 * server answers, and must keep nobody from bringing that.
 */
final class Sending implements Consumer<@Nullable HolySheepException> {

  private enum State {
    SENDING,
    SENT,
    LEFT
  }

  private final Exchange exchange;
  private final AsyncCallback goOn;
  private final Executor threads;
  private final AtomicReference<State> state = new AtomicReference<>(State.SENDING);

  Sending(Exchange exchange, AsyncCallback goOn, Executor threads) {
    this.exchange = exchange;
    this.goOn = goOn;
    this.threads = threads;
  }

  @Override
  public void accept(@Nullable HolySheepException failure) {
    if (failure != null) {
      exchange.setException(RouteFailures.note(exchange, failure));
    }
    if (!state.compareAndSet(State.SENDING, State.SENT)) {
      threads.execute(() -> goOn.done(false));
    }
  }

  /** Whether it is sent by now; then the exchange goes on, otherwise it does later. */
  boolean isDoneInTime() {
    boolean inTime = !state.compareAndSet(State.SENDING, State.LEFT);
    if (inTime) {
      goOn.done(true);
    }
    return inTime;
  }
}
