package ai.holysheep.camel.simulator;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;

/**
 * Sends one script at its pace to one outlet. Every method runs on the event loop of the outlet's
 * connection; it ends by itself, or when it is stopped.
 */
final class Playback {

  /** After so many steps without a wait, the other connections of the event loop get their turn. */
  private static final int STEPS_PER_TURN = 64;

  private final Vertx vertx;
  private final Context context;
  private final Script script;
  private final Outlet outlet;
  private final Pace pace;
  private final Fault fault;
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

  Playback(Vertx vertx, Script script, Outlet outlet, Pace pace, Fault fault, long startNanos) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.script = script;
    this.outlet = outlet;
    this.pace = pace;
    this.fault = fault;
    this.startNanos = startNanos;
  }

  void start() {
    // Writes made while something is being read are flushed together; each event shall go alone.
    state = State.SCHEDULED;
    context.runOnContext(
        turn -> {
          if (state == State.SCHEDULED) {
            script.opening(this::write);
            resumeFrom(State.SCHEDULED);
          }
        });
  }

  /** The outlet is not full any more. */
  void drained() {
    resumeFrom(State.BLOCKED);
  }

  /**
   * Nobody wants the rest. The outlet is not told.
   *
   * @return whether it had not ended before
   */
  boolean stop() {
    boolean wasGoing = state != State.ENDED;
    state = State.ENDED;
    return wasGoing;
  }

  private void resumeFrom(State expected) {
    if (state == expected) {
      state = State.RUNNING;
      run();
    }
  }

  private void run() {
    for (int steps = 0; state == State.RUNNING; steps++) {
      if (outlet.isFull()) {
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
    if (!fault.isAt(nextStep, script.length())) {
      return false;
    }
    switch (fault.kind()) {
      case STALL -> state = State.STALLED;
      case MALFORMED -> write(script.malformed());
      case ERROR -> {
        write(script.error(ApiError.asked(500, null)));
        breakOff();
      }
      default -> breakOff();
    }
    return state != State.RUNNING;
  }

  private void breakOff() {
    if (stop()) {
      outlet.broken(fault.kind());
    }
  }

  private void giveOthersATurn(int steps) {
    if (steps >= STEPS_PER_TURN && state == State.RUNNING) {
      state = State.SCHEDULED;
      context.runOnContext(turn -> resumeFrom(State.SCHEDULED));
    }
  }

  private void finish() {
    script.closing(this::write);
    if (stop()) {
      outlet.finished();
    }
  }

  private void write(String event) {
    if (state != State.ENDED) {
      outlet.write(event);
    }
  }
}
