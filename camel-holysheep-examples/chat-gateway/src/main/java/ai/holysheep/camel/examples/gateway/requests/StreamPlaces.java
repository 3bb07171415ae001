package ai.holysheep.camel.examples.gateway.requests;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** How many answers may be under way at once, for one client and for all. Thread-safe. */
public final class StreamPlaces {

  private static final Duration SOON = Duration.ofSeconds(2);

  private final int mostOfClient;
  private final int most;
  private final Map<String, Integer> taken = new HashMap<>();
  private int total;

  /**
   * @param mostOfClient for one client
   * @param most for all of them
   */
  public StreamPlaces(int mostOfClient, int most) {
    this.mostOfClient = mostOfClient;
    this.most = most;
  }

  /** A place that is taken until it is closed; closing it again does nothing. */
  public interface Place extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Takes a place for a client.
   *
   * @throws RefusedException with status 429 when that client has all of its own, with 503 when
   *     there are none left
   */
  public synchronized Place take(String client) {
    int own = taken.getOrDefault(client, 0);
    if (own >= mostOfClient) {
      throw RefusedException.tooMany(
          429,
          "You have " + own + " answers under way. Please wait until one of them is whole.",
          SOON);
    }
    if (total >= most) {
      throw RefusedException.tooMany(
          503, "Too many people are asking now. Please try again in a moment.", SOON);
    }
    taken.put(client, own + 1);
    total++;
    AtomicBoolean left = new AtomicBoolean();
    return () -> {
      if (left.compareAndSet(false, true)) {
        leave(client);
      }
    };
  }

  private synchronized void leave(String client) {
    taken.computeIfPresent(client, (name, own) -> own > 1 ? own - 1 : null);
    total--;
  }

  /** How many are taken. */
  public synchronized int count() {
    return total;
  }
}
