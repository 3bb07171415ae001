package ai.holysheep.camel.benchmarks.load;

import ai.holysheep.camel.benchmarks.reading.Measurement;
import ai.holysheep.camel.benchmarks.reading.StreamCheck;
import ai.holysheep.camel.benchmarks.reading.Way;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The answers of one run: so many at the same time. At a pace there is one answer for each stream;
 * else each stream has one answer after the other until it is told to stop.
 */
final class Streams {

  /** When so many answers have failed, no more are asked for. */
  private static final int MOST_FAILURES = 20;

  private final Way way;
  private final int streams;
  private final boolean oneEach;
  private final int tokens;
  private final Measurement measurement;
  private final ScheduledExecutorService starter;
  private final CountDownLatch running;
  private final AtomicInteger done = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicReference<@Nullable String> firstFailure = new AtomicReference<>();
  private volatile boolean stopping;

  /**
   * @param oneEach whether each stream has one answer only
   * @param tokens how many each answer has
   */
  Streams(Way way, int streams, boolean oneEach, int tokens, Measurement measurement) {
    this.way = way;
    this.streams = streams;
    this.oneEach = oneEach;
    this.tokens = tokens;
    this.measurement = measurement;
    this.running = new CountDownLatch(streams);
    this.starter =
        Executors.newSingleThreadScheduledExecutor(work -> daemon("benchmark-starter", work));
  }

  /** Begins all streams, evenly over this time. */
  void start(Duration ramp) {
    for (int stream = 0; stream < streams; stream++) {
      long nanos = ramp.toNanos() * stream / streams;
      starter.schedule(this::begin, nanos, TimeUnit.NANOSECONDS);
    }
  }

  /** No further answers. */
  void stop() {
    stopping = true;
  }

  /** Waits until the answers that were begun have come to their ends; whether they have. */
  boolean awaitEnds(Duration longest) throws InterruptedException {
    return running.await(longest.toMillis(), TimeUnit.MILLISECONDS);
  }

  int done() {
    return done.get();
  }

  /** How many answers have ended in another way than they should. */
  int failed() {
    return failed.get();
  }

  /** How many streams have not come to their end. */
  long unfinished() {
    return running.getCount();
  }

  /** What went wrong first; null where nothing did. */
  @Nullable String failure() {
    return firstFailure.get();
  }

  private void begin() {
    if (way.isWaiting()) {
      daemon("benchmark-stream", this::readOn).start();
    } else {
      read();
    }
  }

  private void readOn() {
    do {
      read();
    } while (!isLast());
    running.countDown();
  }

  private void read() {
    StreamCheck check = new StreamCheck(tokens, measurement, this::ended);
    try {
      way.read(check);
    } catch (Exception | LinkageError e) {
      check.failed(e);
    }
  }

  private void ended(StreamCheck check) {
    if (check.failure() == null) {
      done.incrementAndGet();
    } else {
      failed.incrementAndGet();
      firstFailure.compareAndSet(null, check.failure());
    }
    if (way.isWaiting()) {
      // Its thread decides by itself, and only once, whether this was the last one.
      return;
    }
    if (isLast()) {
      running.countDown();
    } else {
      starter.execute(this::read);
    }
  }

  private boolean isLast() {
    return oneEach || stopping || failed.get() >= MOST_FAILURES;
  }

  private static Thread daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }
}
