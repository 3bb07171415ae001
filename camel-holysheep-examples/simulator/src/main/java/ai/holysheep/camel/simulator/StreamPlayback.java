package ai.holysheep.camel.simulator;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.TimeUnit;

/**
 * Sends one script at its pace over one connection. Every method runs on the event loop of that
 * connection; it ends by itself, or when the client goes away.
 */
final class StreamPlayback {

  /** After so many steps without a wait, the other connections of the event loop get their turn. */
  private static final int STEPS_PER_TURN = 64;

  private final Vertx vertx;
  private final Context context;
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final Traffic traffic;

  // What is to be sent, and when.
  private final StreamScript script;
  private final Pace pace;
  private final int pieceBytes;
  private final long startNanos;

  // Where it stands.
  private State state = State.RUNNING;
  private int nextStep;

  private enum State {
    RUNNING,
    /** A timer or a turn of the event loop will go on. */
    SCHEDULED,
    /** The client is slower than the script; the drained connection will go on. */
    BLOCKED,
    /** Nothing will be sent any more, though the connection is open. */
    STALLED,
    ENDED
  }

  StreamPlayback(
      Vertx vertx,
      HttpServerRequest request,
      Traffic traffic,
      StreamScript script,
      Pace pace,
      int pieceBytes,
      long startNanos) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.request = request;
    this.response = request.response();
    this.traffic = traffic;
    this.script = script;
    this.pace = pace;
    this.pieceBytes = pieceBytes;
    this.startNanos = startNanos;
  }

  void start() {
    traffic.streamOpened();
    response.setChunked(true);
    response.putHeader("Content-Type", "text/event-stream; charset=utf-8");
    response.putHeader("Cache-Control", "no-cache");
    response.exceptionHandler(failure -> clientGone());
    response.closeHandler(closed -> clientGone());
    response.drainHandler(drained -> resumeFrom(State.BLOCKED));
    // Writes made while a request is being read are flushed together; each event shall go alone.
    state = State.SCHEDULED;
    context.runOnContext(
        turn -> {
          if (state == State.SCHEDULED) {
            script.opening(this::write);
            resumeFrom(State.SCHEDULED);
          }
        });
  }

  private void resumeFrom(State expected) {
    if (state == expected) {
      state = State.RUNNING;
      run();
    }
  }

  private void run() {
    for (int steps = 0; state == State.RUNNING; steps++) {
      if (response.writeQueueFull()) {
        state = State.BLOCKED;
      } else if (nextStep > script.length()) {
        finish();
      } else if (!waitsForPace() && !fails()) {
        script.step(nextStep++, this::write);
        giveOthersATurn(steps);
      }
    }
  }

  private boolean waitsForPace() {
    // The finish has no delay of its own: it comes with the last token.
    int token = Math.max(0, Math.min(nextStep, script.length() - 1));
    long waitNanos = startNanos + pace.dueNanos(token) - System.nanoTime();
    if (waitNanos <= 0) {
      return false;
    }
    state = State.SCHEDULED;
    // Rounded up: a timer must not fire before the token is due.
    long waitMillis = TimeUnit.NANOSECONDS.toMillis(waitNanos) + 1;
    vertx.setTimer(waitMillis, fired -> resumeFrom(State.SCHEDULED));
    return true;
  }

  private boolean fails() {
    if (script.endsAt(nextStep, Fault.Kind.CUT)) {
      end();
      request.connection().close();
    } else if (script.endsAt(nextStep, Fault.Kind.STALL)) {
      state = State.STALLED;
    } else if (script.endsAt(nextStep, Fault.Kind.ERROR)) {
      write(ChunkJson.error(ApiError.asked(500, null)));
      end();
      response.end();
    }
    return state != State.RUNNING;
  }

  private void giveOthersATurn(int steps) {
    if (steps >= STEPS_PER_TURN && state == State.RUNNING) {
      state = State.SCHEDULED;
      context.runOnContext(turn -> resumeFrom(State.SCHEDULED));
    }
  }

  private void finish() {
    script.closing(this::write);
    if (state == State.RUNNING) {
      end();
      response.end();
    }
  }

  private void end() {
    state = State.ENDED;
    traffic.streamEnded();
  }

  private void clientGone() {
    if (state != State.ENDED) {
      state = State.ENDED;
      traffic.streamCancelled();
    }
  }

  private void write(String event) {
    if (state == State.ENDED) {
      return;
    }
    Buffer bytes = Buffer.buffer(event);
    for (int from = 0; from < bytes.length(); from += Math.min(pieceBytes, bytes.length())) {
      int to = Math.min(bytes.length(), from + Math.min(pieceBytes, bytes.length()));
      response.write(bytes.slice(from, to));
    }
  }
}
