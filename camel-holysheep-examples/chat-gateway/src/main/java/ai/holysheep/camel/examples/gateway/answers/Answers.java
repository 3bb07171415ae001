package ai.holysheep.camel.examples.gateway.answers;

import ai.holysheep.camel.examples.gateway.requests.ErrorReply;
import ai.holysheep.camel.examples.gateway.requests.RefusedException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The answers that browsers can name. One that nobody reads for a while is forgotten, and where it
 * is not whole yet the model is told to stop. Thread-safe; never waits.
 */
public final class Answers {

  private final Map<String, Answer> byId = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer;
  private final Duration patience;
  private final Consumer<String> stopStream;

  /**
   * @param timer runs short tasks later; borrowed
   * @param patience how long an answer waits for somebody who reads it
   * @param stopStream ends a stream of the model by its id
   */
  public Answers(ScheduledExecutorService timer, Duration patience, Consumer<String> stopStream) {
    this.timer = timer;
    this.patience = patience;
    this.stopStream = stopStream;
  }

  /** A new answer, without events, that nobody reads yet. */
  public Answer begin() {
    Answer answer = new Answer(UUID.randomUUID().toString());
    byId.put(answer.id(), answer);
    forgetUnread(answer);
    return answer;
  }

  /**
   * The answer of that id.
   *
   * @throws RefusedException with status 404 where there is none, or none any more
   */
  public Answer get(String id) {
    Answer answer = byId.get(id);
    if (answer == null) {
      throw RefusedException.notFound(
          "answer_not_found", "This answer is not kept any more. Please ask again.");
    }
    return answer;
  }

  /** Ends an answer at once: its reader is told that it was stopped. */
  public void stop(Answer answer) {
    boolean stopped = answer.end(LastEvents::stopped);
    String streamId = answer.streamId();
    // Before its first event a stream has no id here; that event is then refused, which ends it.
    if (stopped && streamId != null) {
      stopStream.accept(streamId);
    }
  }

  /** Tells the reader, as the last event, why there is no more; nothing where there was an end. */
  public void fail(Answer answer, ErrorReply why) {
    answer.end(index -> LastEvents.failed(index, why));
  }

  /** A reader has gone, and another one may come. */
  void left(Answer answer, Answer.Reader reader) {
    if (answer.leave(reader)) {
      forgetUnread(answer);
    }
  }

  private void forgetUnread(Answer answer) {
    int departure = answer.departures();
    timer.schedule(
        () -> {
          if (answer.isUnreadSince(departure) && byId.remove(answer.id(), answer)) {
            stop(answer);
          }
        },
        patience.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  /** How many there are. */
  public int count() {
    return byId.size();
  }
}
