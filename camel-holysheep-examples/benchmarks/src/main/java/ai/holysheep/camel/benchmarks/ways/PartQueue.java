package ai.holysheep.camel.benchmarks.ways;

import ai.holysheep.camel.benchmarks.reading.StreamCheck;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;

/**
 * Sends the parts of one answer to a route, each in an exchange of its own, the next when the one
 * before is done. Parts are added by one thread at a time.
 */
final class PartQueue {

  private static final Object END = new Object();

  private final AsyncProducer parts;
  private final StreamCheck check;
  private final Runnable end;
  private final AsyncCallback goOn = doneSync -> done();

  /** Those that were added and are not done. */
  private final AtomicInteger pending = new AtomicInteger();

  private final Queue<Object> waiting = new ConcurrentLinkedQueue<>();

  /** Which comes second for a part goes on: its callback, or the return of the producer. */
  private final AtomicInteger signals = new AtomicInteger();

  /**
   * @param end told when all parts are done
   */
  PartQueue(AsyncProducer parts, StreamCheck check, Runnable end) {
    this.parts = parts;
    this.check = check;
    this.end = end;
  }

  void add(Object part) {
    if (pending.compareAndSet(0, 1)) {
      send(part);
      return;
    }
    waiting.add(part);
    if (pending.getAndIncrement() == 0) {
      send(waiting.remove());
    }
  }

  /** No more come. */
  void end() {
    add(END);
  }

  private void send(Object first) {
    Object part = first;
    while (part != END) {
      signals.set(0);
      // What process() returns does not tell whether the callback has been called.
      parts.process(exchange(part), goOn);
      if (signals.incrementAndGet() == 1 || pending.decrementAndGet() == 0) {
        return;
      }
      part = waiting.remove();
    }
    end.run();
  }

  private void done() {
    if (signals.incrementAndGet() == 2 && pending.decrementAndGet() > 0) {
      send(waiting.remove());
    }
  }

  private Exchange exchange(Object part) {
    Exchange exchange = parts.getEndpoint().createExchange();
    exchange.getMessage().setBody(part);
    exchange.setProperty(Routes.CHECK, check);
    return exchange;
  }
}
