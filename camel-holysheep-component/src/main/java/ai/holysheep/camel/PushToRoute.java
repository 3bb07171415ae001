package ai.holysheep.camel;

import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.EventReceiver;
import ai.holysheep.camel.chat.PushedCall;
import ai.holysheep.camel.convert.EventMessages;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Routes the events of one call of a consumer, while the poll that made it waits for the end.
 * Called by one thread at a time.
 */
final class PushToRoute implements EventReceiver {

  private static final Logger LOG = LoggerFactory.getLogger(PushToRoute.class);

  private final HolySheepConsumer consumer;
  private final EventMessages messages;
  private final boolean stopOnException;
  private final CountDownLatch over = new CountDownLatch(1);

  private volatile @Nullable PushedCall call;

  // Read by the poll when all is over.
  private int partCount;
  private boolean stopped;
  private @Nullable RuntimeException failure;

  PushToRoute(HolySheepConsumer consumer, EventMessages messages, boolean stopOnException) {
    this.consumer = consumer;
    this.messages = messages;
    this.stopOnException = stopOnException;
  }

  void begin(PushedCall pushed) {
    call = pushed;
    pushed.begin();
  }

  void cancel(String reason) {
    PushedCall begun = call;
    if (begun != null) {
      begun.cancel(reason);
    }
  }

  /**
   * Waits for the end.
   *
   * @return how many parts were routed
   * @throws RuntimeException when the request was refused, so that there are none
   */
  int await() throws InterruptedException {
    try {
      over.await();
    } catch (InterruptedException e) {
      cancel("the thread of the poll was interrupted");
      throw e;
    }
    RuntimeException end = failure;
    if (end != null && partCount == 0) {
      throw end;
    }
    if (end != null && !stopped) {
      String id = Objects.requireNonNull(call, "begun").id();
      LOG.warn("Stream {} failed; its route got that as the last part. {}", id, end.getMessage());
    }
    return partCount;
  }

  @Override
  public void receive(ChatEvent event, Taken taken) {
    partCount++;
    Exchange exchange = consumer.createExchange(false);
    messages.fill(exchange.getMessage(), event);
    consumer.getAsyncProcessor().process(exchange, doneSync -> routed(exchange, taken));
  }

  private void routed(Exchange exchange, Taken taken) {
    Exception cause = EventTarget.failure(exchange);
    if (cause != null) {
      consumer.getExceptionHandler().handleException("A part was not routed", exchange, cause);
    }
    consumer.releaseExchange(exchange, false);
    if (cause != null && stopOnException) {
      stopped = true;
      taken.failed(toString(), cause);
    } else {
      taken.done();
    }
  }

  @Override
  public void ended(@Nullable RuntimeException failure) {
    this.failure = failure;
    over.countDown();
  }

  @Override
  public String toString() {
    return "route " + consumer.getRouteId();
  }
}
