package ai.holysheep.camel;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Routes what happens to sessions outside of turns, one message after the other. A route that does
 * not keep up loses some: they must not fill the memory. Thread-safe.
 */
final class SessionNews {

  /** Makes a message that of a piece of news. */
  interface Filling {
    void fill(Message message);
  }

  private static final Logger LOG = LoggerFactory.getLogger(SessionNews.class);

  private static final int MOST_WAITING = 10_000;

  private final HolySheepAgentConsumer consumer;
  private final Executor threads;
  private final Queue<Filling> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waitingCount = new AtomicInteger();
  private final AtomicBoolean full = new AtomicBoolean();

  SessionNews(HolySheepAgentConsumer consumer, Executor threads) {
    this.consumer = consumer;
    this.threads = threads;
  }

  void add(Filling news) {
    if (waitingCount.get() >= MOST_WAITING) {
      if (full.compareAndSet(false, true)) {
        LOG.warn(
            "Route {} does not keep up with what happens to its agent sessions outside of turns:"
                + " some of it is left out until it does.",
            consumer.getRouteId());
      }
      return;
    }
    waiting.add(news);
    if (waitingCount.getAndIncrement() == 0) {
      threads.execute(this::route);
    }
  }

  private void route() {
    do {
      Filling news = waiting.poll();
      if (news != null) {
        route(news);
      }
    } while (waitingCount.decrementAndGet() > 0);
    full.set(false);
  }

  private void route(Filling news) {
    Exchange exchange = consumer.createExchange(false);
    try {
      news.fill(exchange.getMessage());
      consumer.getProcessor().process(exchange);
      if (exchange.getException() != null) {
        report(exchange, exchange.getException());
      }
    } catch (Exception e) {
      report(exchange, e);
    } finally {
      consumer.releaseExchange(exchange, false);
    }
  }

  private void report(Exchange exchange, Exception cause) {
    consumer
        .getExceptionHandler()
        .handleException("A message of an agent session was not routed", exchange, cause);
  }
}
