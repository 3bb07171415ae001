package ai.holysheep.camel.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What went through one simulator. Safe for use by all event loops and by the tests at the same
 * time.
 */
final class Traffic {

  // A benchmark must not fill the heap with its own requests.
  static final int RECORDED_REQUESTS = 1_000;
  static final int RECORDED_CHARACTERS = 32 * 1024 * 1024;

  private final Deque<RecordedRequest> requests = new ArrayDeque<>();
  private long recordedCharacters;
  private final Deque<ClientFrame> frames = new ArrayDeque<>();
  private final AtomicInteger openSockets = new AtomicInteger();
  private final AtomicInteger closedSockets = new AtomicInteger();
  private final AtomicInteger openStreams = new AtomicInteger();
  private final AtomicInteger cancelledStreams = new AtomicInteger();
  private final AtomicLong lastId = new AtomicLong();

  void record(RecordedRequest request) {
    synchronized (requests) {
      requests.addLast(request);
      recordedCharacters += request.body().length();
      while (requests.size() > RECORDED_REQUESTS || recordedCharacters > RECORDED_CHARACTERS) {
        recordedCharacters -= requests.removeFirst().body().length();
      }
    }
  }

  List<RecordedRequest> requests() {
    synchronized (requests) {
      return List.copyOf(requests);
    }
  }

  void clear() {
    synchronized (requests) {
      requests.clear();
      recordedCharacters = 0;
    }
  }

  void heard(ClientFrame frame) {
    synchronized (frames) {
      frames.addLast(frame);
      if (frames.size() > RECORDED_REQUESTS) {
        frames.removeFirst();
      }
    }
  }

  List<ClientFrame> frames() {
    synchronized (frames) {
      return List.copyOf(frames);
    }
  }

  void socketOpened() {
    openSockets.incrementAndGet();
  }

  void socketClosed() {
    // In this order, for the same reason as with streams.
    openSockets.decrementAndGet();
    closedSockets.incrementAndGet();
  }

  int openSockets() {
    return openSockets.get();
  }

  int closedSockets() {
    return closedSockets.get();
  }

  void streamOpened() {
    openStreams.incrementAndGet();
  }

  void streamEnded() {
    openStreams.decrementAndGet();
  }

  void streamCancelled() {
    // In this order, a test that waits for the cancellation then finds the stream closed.
    openStreams.decrementAndGet();
    cancelledStreams.incrementAndGet();
  }

  int openStreams() {
    return openStreams.get();
  }

  int cancelledStreams() {
    return cancelledStreams.get();
  }

  /** A number that this simulator has not given out before, as part of an id. */
  String nextId() {
    return "sim%08x".formatted(lastId.incrementAndGet());
  }
}
