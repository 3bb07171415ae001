package ai.holysheep.camel.convert;

import ai.holysheep.camel.error.CallCancelledException;
import ai.holysheep.camel.error.FailureContext;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts of a stream for one subscriber, as the <a
 * href="https://github.com/reactive-streams/reactive-streams-jvm">Reactive Streams</a>
 * specification says; the numbers in comments are those of its rules. No part is read that was not
 * asked for. Cancelling closes the stream, a failure of the call is the subscriber's error.
 *
 * <p>A part has to be waited for, so as long as there is demand, a task reads on a thread of the
 * component. The subscriber is called on that thread, and the first time on its own.
 *
 * @param <T> what a part is given out as
 */
final class ChatPublisher<T> implements Flow.Publisher<T> {

  private static final Logger LOG = LoggerFactory.getLogger(ChatPublisher.class);

  private final ChatStream stream;
  private final Function<ChatStream, T> take;
  private final AtomicBoolean taken = new AtomicBoolean();

  /**
   * @param stream what the subscriber gets; closed here when nothing more is wanted of it
   * @param take takes the next part; waits for it
   */
  ChatPublisher(ChatStream stream, Function<ChatStream, T> take) {
    this.stream = stream;
    this.take = take;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super T> subscriber) {
    Objects.requireNonNull(subscriber, "subscriber");
    if (!taken.compareAndSet(false, true)) {
      subscriber.onSubscribe(new NoDemand());
      subscriber.onError(
          new IllegalStateException(
              "The parts of " + stream + " can be had once, and there is a subscriber."));
      return;
    }
    Reading reading = new Reading(subscriber);
    subscriber.onSubscribe(reading);
    reading.begin();
  }

  /** What one who comes too late has. */
  private static final class NoDemand implements Flow.Subscription {
    @Override
    public void request(long count) {}

    @Override
    public void cancel() {}
  }

  /** Takes parts as long as there is demand; whoever makes demand of none starts it. */
  private final class Reading implements Flow.Subscription, Runnable {

    // One more than the subscriber asked for until begin, so that nothing starts before (1.3).
    private final AtomicLong demand = new AtomicLong(1);

    // Null when the subscriber must not be called any more (3.13).
    private volatile Flow.@Nullable Subscriber<? super T> subscriber;
    private volatile @Nullable RuntimeException misuse;

    Reading(Flow.Subscriber<? super T> subscriber) {
      this.subscriber = subscriber;
    }

    void begin() {
      if (demand.decrementAndGet() > 0) {
        start();
      }
    }

    @Override
    public void request(long count) {
      if (count < 1) {
        misuse = new IllegalArgumentException("Rule 3.9: " + count + " parts were asked for.");
      }
      long more = Math.max(count, 1);
      long before = demand.getAndUpdate(now -> now + more < 0 ? Long.MAX_VALUE : now + more);
      if (before == 0) {
        start();
      }
    }

    @Override
    public void cancel() {
      if (subscriber != null) {
        subscriber = null;
        stream.close();
      }
    }

    private void start() {
      try {
        stream.publisherThreads().execute(this);
      } catch (RejectedExecutionException e) {
        fail(
            new CallCancelledException(
                "Stream " + stream.id() + " has no more parts to give: its component has stopped.",
                FailureContext.NONE));
      }
    }

    @Override
    public void run() {
      try {
        do {
          step();
        } while (subscriber != null && demand.decrementAndGet() > 0);
      } catch (RuntimeException | Error e) {
        // What a subscriber throws cannot be given back to it (2.13).
        cancel();
        LOG.error("The subscriber of {} failed, so it gets no more parts.", stream, e);
      }
    }

    private void step() {
      RuntimeException wrong = misuse;
      if (wrong != null) {
        fail(wrong);
        return;
      }
      T part;
      boolean last;
      try {
        part = take.apply(stream);
        last = !stream.hasNext();
      } catch (RuntimeException e) {
        fail(e);
        return;
      }
      give(part, last);
    }

    private void give(T part, boolean last) {
      Flow.Subscriber<? super T> target = subscriber;
      if (target == null) {
        return;
      }
      target.onNext(part);
      if (last && subscriber != null) {
        subscriber = null;
        target.onComplete();
      }
    }

    private void fail(RuntimeException failure) {
      Flow.Subscriber<? super T> target = subscriber;
      if (target != null) {
        subscriber = null;
        stream.close();
        target.onError(failure);
      }
    }
  }
}
