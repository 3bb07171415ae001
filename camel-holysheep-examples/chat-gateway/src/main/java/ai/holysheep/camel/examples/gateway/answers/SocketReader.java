package ai.holysheep.camel.examples.gateway.answers;

import ai.holysheep.camel.examples.gateway.requests.Json;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Sends an answer over a socket as it comes: the next event when the one before has been taken, so
 * that nothing piles up for a browser that reads slowly, and no thread waits. Thread-safe.
 */
public final class SocketReader implements Answer.Reader {

  /** Where frames go. */
  @FunctionalInterface
  public interface Socket {
    /** Sends a frame; the stage completes when it has been taken, or fails when it cannot be. */
    CompletionStage<Void> send(String frame);
  }

  private final Answers answers;
  private final Answer answer;
  private final String question;
  private final Socket socket;
  private int index;
  // The first frame, which names the answer, is sent before any event is asked for.
  private boolean sending = true;

  /**
   * Sends nothing yet.
   *
   * @param question the browser's name of the question, which is in every frame
   * @param after the index of the last event that is known; -1 for none
   */
  public SocketReader(Answers answers, Answer answer, String question, int after, Socket socket) {
    this.answers = answers;
    this.answer = answer;
    this.question = question;
    this.socket = socket;
    index = after + 1;
  }

  /** Says which answer it is, and becomes its reader. */
  public void begin() {
    answer.readBy(this);
    if (send("\"answer\":" + Json.write(answer.id()))) {
      changed();
    }
  }

  /** The browser has gone. */
  public void leave() {
    answers.left(answer, this);
  }

  @Override
  public void changed() {
    for (String event = next(); event != null; event = next()) {
      if (!send("\"event\":" + event)) {
        return;
      }
    }
    if (hasNoMore()) {
      leave();
    }
  }

  /** Whether the frame has been taken already; otherwise reading goes on when it has. */
  private boolean send(String content) {
    String frame = "{\"id\":" + Json.write(question) + "," + content + "}";
    CompletableFuture<Void> taken = socket.send(frame).toCompletableFuture();
    if (taken.isDone() && !taken.isCompletedExceptionally()) {
      sent();
      return true;
    }
    taken.whenComplete(
        (nothing, failure) -> {
          sent();
          if (failure == null) {
            changed();
          } else {
            leave();
          }
        });
    return false;
  }

  private synchronized void sent() {
    sending = false;
  }

  /** The event to send now; null where there is none, or one is under way. */
  private synchronized @Nullable String next() {
    String event = sending || answer.hasNoMore(this, index) ? null : answer.event(index);
    if (event != null) {
      sending = true;
      index++;
    }
    return event;
  }

  private synchronized boolean hasNoMore() {
    return !sending && answer.hasNoMore(this, index);
  }
}
