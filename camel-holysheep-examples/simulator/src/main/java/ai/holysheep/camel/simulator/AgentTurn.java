package ai.holysheep.camel.simulator;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.http.impl.WebSocketInternal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Says one answer over a socket, at the model's pace, until tools have to answer or all is said.
 * Every method runs on the event loop of the socket.
 */
final class AgentTurn {

  /** No tokens yet. */
  static final Usage NOTHING = new Usage(0, 0, 0);

  private static final int STEPS_PER_TURN = 64;

  private enum State {
    RUNNING,
    SCHEDULED,
    BLOCKED,
    /** Tools have to answer, or a directive wants silence. */
    WAITING,
    OVER
  }

  private final Vertx vertx;
  private final Context context;
  private final AgentSession session;
  private final ChatRequest request;
  private final Directives directives;
  private final Fault fault;
  private final List<Piece> pieces;
  private final Pace pace;
  private final Usage before;
  private final Usage usage;
  private final long startNanos = System.nanoTime();
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder arguments = new StringBuilder();
  private final boolean well;
  private State state = State.RUNNING;
  private int next;

  /**
   * Plans the answer.
   *
   * @param before what the turn has used before tools answered
   * @throws ApiError.RefusedException if the prompt asks for what there is not
   */
  AgentTurn(
      Vertx vertx, AgentSession session, ChatHandler chat, ChatRequest request, Usage before) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.session = session;
    this.request = request;
    this.directives = Directives.parse(request.prompt());
    this.well = chat.isOverFailing(request.prompt(), directives.times());
    this.fault = well ? Fault.NONE : directives.fault();
    this.pace = chat.pace(request.model());
    this.before = before;
    List<Answer> answers = new AnswerPlanner(request, directives).plan();
    this.pieces = answers.get(0).pieces();
    this.usage = Usage.of(request, answers);
  }

  void start() {
    if (directives.has("unknown")) {
      write("{\"type\":\"mood\",\"value\":\"good\"}");
    }
    run();
  }

  /** What the turn has used up to now. */
  Usage used() {
    return new Usage(
        before.promptTokens() + usage.promptTokens(),
        before.completionTokens() + next,
        before.reasoningTokens() + reasoning());
  }

  private int reasoning() {
    return (int)
        pieces.subList(0, next).stream()
            .filter(piece -> piece.kind() == Piece.Kind.REASONING)
            .count();
  }

  void drained() {
    resumeFrom(State.BLOCKED);
  }

  /** The socket is closed. */
  void stop() {
    state = State.OVER;
  }

  /** The client does not want the rest. */
  void interrupt() {
    if (state != State.OVER) {
      finish("interrupted");
    }
  }

  private void resumeFrom(State expected) {
    if (state == expected) {
      state = State.RUNNING;
      run();
    }
  }

  private void run() {
    for (int steps = 0; state == State.RUNNING; steps++) {
      if (session.socket().writeQueueFull()) {
        state = State.BLOCKED;
      } else if (!waitsForPace() && !fails()) {
        if (next == pieces.size()) {
          endOfAnswer();
        } else {
          say(pieces.get(next++));
          giveOthersATurn(steps);
        }
      }
    }
  }

  private boolean waitsForPace() {
    int token = Math.max(0, Math.min(next, pieces.size() - 1));
    long waitNanos = startNanos + pace.dueNanos(token) - System.nanoTime();
    if (waitNanos <= 0) {
      return false;
    }
    state = State.SCHEDULED;
    long waitMillis = TimeUnit.NANOSECONDS.toMillis(waitNanos) + 1;
    vertx.setTimer(waitMillis, fired -> resumeFrom(State.SCHEDULED));
    return true;
  }

  private void giveOthersATurn(int steps) {
    if (steps >= STEPS_PER_TURN && state == State.RUNNING) {
      state = State.SCHEDULED;
      context.runOnContext(turn -> resumeFrom(State.SCHEDULED));
    }
  }

  private boolean fails() {
    Directives.Closing closing = directives.closing();
    if (closing != null && !well && next == Math.min(closing.afterTokens(), pieces.size())) {
      state = State.OVER;
      session.socket().close((short) closing.code(), "asked for by the prompt");
      return true;
    }
    if (!fault.isAt(next, pieces.size())) {
      return false;
    }
    switch (fault.kind()) {
      case CUT -> {
        state = State.OVER;
        ((WebSocketInternal) session.socket()).channelHandlerContext().close();
      }
      case STALL -> state = State.WAITING;
      case ERROR -> {
        state = State.OVER;
        write(AgentFrames.error(ApiError.asked(500, null)));
        session.over(text.toString());
      }
      case MALFORMED -> write("{\"type\":\"token\",\"content\":\"lost");
      case NONE -> {}
    }
    return state != State.RUNNING;
  }

  private void say(Piece piece) {
    switch (piece.kind()) {
      case CONTENT -> {
        text.append(piece.text());
        write(AgentFrames.text("token", piece.text()));
      }
      case REASONING -> write(AgentFrames.text("reasoning", piece.text()));
      case CALL -> arguments.setLength(0);
      case ARGUMENTS -> arguments.append(piece.text());
    }
    boolean isCall = piece.kind() == Piece.Kind.CALL || piece.kind() == Piece.Kind.ARGUMENTS;
    boolean isLastOfCall = next == pieces.size() || pieces.get(next).call() != piece.call();
    if (isCall && isLastOfCall) {
      String id = ChunkJson.callId(request.messages().size(), piece.call());
      session.calls(id, name(piece.call()), arguments.toString());
    }
  }

  private String name(int call) {
    return pieces.stream()
        .filter(piece -> piece.kind() == Piece.Kind.CALL && piece.call() == call)
        .map(Piece::text)
        .findFirst()
        .orElse("");
  }

  private void endOfAnswer() {
    boolean calls = pieces.stream().anyMatch(piece -> piece.kind() == Piece.Kind.CALL);
    if (!calls) {
      finish("stop");
      return;
    }
    state = State.WAITING;
    if (directives.has("toolend")) {
      write(AgentFrames.usage(used(), request.model()));
      write(AgentFrames.done("tool_calls"));
    }
  }

  private void finish(String reason) {
    state = State.OVER;
    // What was told with the calls of tools is not told again.
    Usage all =
        directives.has("toolend") ? new Usage(usage.promptTokens(), next, reasoning()) : used();
    boolean late = directives.has("lateusage");
    if (!late) {
      write(AgentFrames.usage(all, request.model()));
    }
    write(AgentFrames.done(reason));
    if (late) {
      write(AgentFrames.usage(all, request.model()));
    }
    session.over(text.toString());
  }

  private void write(String frame) {
    ServerWebSocket socket = session.socket();
    byte[] bytes = frame.getBytes(StandardCharsets.UTF_8);
    int size = directives.fragmentBytes();
    if (bytes.length <= size) {
      session.send(frame);
      return;
    }
    // The first byte is a brace, so the rest may be cut anywhere, within characters too.
    socket.writeFrame(WebSocketFrame.textFrame(frame.substring(0, 1), false));
    for (int from = 1; from < bytes.length; from += size) {
      int to = Math.min(bytes.length, from + size);
      Buffer part = Buffer.buffer(to - from).appendBytes(bytes, from, to - from);
      socket.writeFrame(WebSocketFrame.continuationFrame(part, to == bytes.length));
    }
  }
}
