package ai.holysheep.camel.testing;

import ai.holysheep.camel.transport.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A clock that a test moves; tasks run on the thread that moves it. */
public final class ManualTimers implements Timers {

  private record Task(long dueNanos, Runnable work) {}

  private final List<Task> tasks = new ArrayList<>();
  // Not 0, and near the end of the range, so that who compares instants wrongly is found out.
  private long nowNanos = Long.MAX_VALUE - Duration.ofSeconds(1).toNanos();
  private int scheduledCount;

  @Override
  public synchronized long nanoTime() {
    return nowNanos;
  }

  /** The date stands still: nothing that is measured depends on it. */
  @Override
  public Instant now() {
    return Instant.EPOCH;
  }

  @Override
  public synchronized Runnable schedule(Duration delay, Runnable work) {
    Task task = new Task(nowNanos + delay.toNanos(), work);
    tasks.add(task);
    scheduledCount++;
    return () -> withdraw(task);
  }

  /** Lets time pass; tasks run in their order, at the moment they are due. */
  public void advance(Duration time) {
    long end = nanoTime() + time.toNanos();
    for (Task task = next(end); task != null; task = next(end)) {
      task.work().run();
    }
    setNow(end);
  }

  /** How many tasks were ever scheduled. */
  public synchronized int scheduledCount() {
    return scheduledCount;
  }

  /** How many tasks wait for their moment. */
  public synchronized int waitingCount() {
    return tasks.size();
  }

  private synchronized void withdraw(Task task) {
    tasks.removeIf(other -> other == task);
  }

  private synchronized void setNow(long nanos) {
    nowNanos = nanos;
  }

  private synchronized Task next(long endNanos) {
    Task first =
        tasks.stream()
            .filter(task -> task.dueNanos() - endNanos <= 0)
            .min(Comparator.comparingLong(task -> task.dueNanos() - nowNanos))
            .orElse(null);
    if (first != null) {
      withdraw(first);
      nowNanos = first.dueNanos();
    }
    return first;
  }
}
