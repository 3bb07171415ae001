package ai.holysheep.camel.client.session;

import ai.holysheep.camel.chat.ActiveSession;
import ai.holysheep.camel.chat.ChatRequest;
import ai.holysheep.camel.chat.FrameNames;
import ai.holysheep.camel.chat.Prompt;
import ai.holysheep.camel.chat.PushedCall;
import ai.holysheep.camel.chat.SessionListener.Change;
import ai.holysheep.camel.client.StreamStart;
import ai.holysheep.camel.error.FailureContext;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.error.RequestRejectedException;
import ai.holysheep.camel.error.TransportFailedException;
import ai.holysheep.camel.observe.CallerContext;
import ai.holysheep.camel.transport.Call;
import ai.holysheep.camel.transport.SignallingAttempt;
import ai.holysheep.camel.transport.SignallingTransport;
import ai.holysheep.camel.transport.Timers;
import ai.holysheep.camel.transport.TransportFault;
import ai.holysheep.camel.wire.ClientFrames;
import ai.holysheep.camel.wire.ClientPayload;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One conversation with a model: turns, one after the other, and what is said between and into
 * them. It opens a connection with its first turn. Thread-safe.
 */
final class AgentSession {

  private final String id;
  private final SessionSettings settings;
  private final SessionPeers peers;
  private final ClientFrames frames;
  private final SessionConnection connection;

  // Guarded by this.
  private final Conversation conversation;
  private final Deque<Turn> turns = new ArrayDeque<>();
  private boolean closed;
  private boolean watched;
  private long usedNanos;

  AgentSession(String id, SessionSettings settings, FrameNames names, SessionPeers peers) {
    this.id = id;
    this.settings = settings;
    this.peers = peers;
    this.frames = new ClientFrames(names);
    this.connection = new SessionConnection(id, settings, peers);
    this.conversation = new Conversation(settings.maxTurns());
    this.usedNanos = peers.timers().nanoTime();
  }

  String id() {
    return id;
  }

  SessionSettings settings() {
    return settings;
  }

  Timers timers() {
    return peers.timers();
  }

  /** What observers know of the thread that asks now. */
  CallerContext callerContext() {
    return peers.client().callerContext();
  }

  // Turns.

  /**
   * Begins a turn when those before it are over.
   *
   * @throws RequestRejectedException when too many wait already, or the session is closed
   */
  void enqueue(Turn turn) {
    boolean isNext;
    synchronized (this) {
      if (closed) {
        throw rejected("it has been closed");
      }
      if (turns.size() > settings.maxQueuedTurns()) {
        throw rejected(
            turns.size()
                + " turns are under way or wait already (option 'maxQueuedTurns'). Send it later");
      }
      turns.add(turn);
      isNext = turns.size() == 1;
      usedNanos = timers().nanoTime();
    }
    if (isNext) {
      turn.start();
    } else {
      turn.queued();
    }
  }

  private RequestRejectedException rejected(String why) {
    return new RequestRejectedException(
        "The session '" + id + "' did not take the input of the user: " + why + ".",
        FailureContext.NONE);
  }

  /** A turn has ended; what was said in one that did not fail belongs to the conversation. */
  void over(Turn turn, boolean isSaid) {
    List<Map<String, Object>> messages = turn.messages();
    Turn next;
    boolean wasCurrent;
    synchronized (this) {
      wasCurrent = turns.peek() == turn;
      turns.remove(turn);
      if (isSaid) {
        conversation.add(messages);
      }
      next = wasCurrent ? turns.peek() : null;
      usedNanos = timers().nanoTime();
    }
    if (wasCurrent) {
      connection.letGo();
    }
    if (next != null) {
      next.threads().others().execute(next::start);
    } else {
      peers.idle(this);
    }
  }

  /** The call with which a turn begins, or goes on after the results of tools. */
  PushedCall call(Turn turn, boolean isFirst) {
    SessionRequest request = turn.request().asked();
    List<Map<String, Object>> messages;
    Map<String, Object> overrides = new LinkedHashMap<>(request.overrides());
    synchronized (this) {
      messages = conversation.with(turn.messages());
    }
    if (connection.asksForSocket()) {
      overrides.put(settings.agentModeField(), true);
    }
    ChatRequest asked =
        new ChatRequest(
            new Prompt.Conversation(messages),
            request.systemMessage(),
            overrides,
            request.defaults(),
            true);
    return peers
        .client()
        .pushed(
            new StreamStart(turn.id(), turn.nextIndex(), turn.callerContext()),
            asked,
            request.settings(),
            turn.request().owner(),
            turn.inner(),
            turn.threads(),
            new OfTurn(firstFrames(turn, isFirst, messages)));
  }

  private TurnFrames firstFrames(Turn turn, boolean isFirst, List<Map<String, Object>> messages) {
    ClientPayload input = turn.request().input();
    return new TurnFrames() {
      @Override
      public @Nullable String onOpenSocket() {
        return isFirst ? frames.write(FrameNames.USER_INPUT, input, timers().now()) : null;
      }

      @Override
      public String onNewSocket() {
        ClientPayload all = input.with("messages", messages).with("model", model(turn));
        return frames.write(FrameNames.USER_INPUT, all, timers().now());
      }
    };
  }

  private static @Nullable Object model(Turn turn) {
    Object override = turn.request().asked().overrides().get("model");
    return override == null ? turn.request().asked().defaults().get("model") : override;
  }

  // What is said into a turn, or between turns.

  /**
   * Sends something that begins no turn.
   *
   * @param type the event's usual name, or any other
   * @param tool of a tool's result: which tool; null where not known
   * @param callId of a tool's result: which call; null where not known
   * @param sent told when it is sent, or why it is not
   * @throws HolySheepException when it cannot be sent
   */
  void tell(
      String type,
      ClientPayload payload,
      @Nullable String tool,
      @Nullable String callId,
      Consumer<@Nullable HolySheepException> sent) {
    switch (type) {
      case FrameNames.TOOL_RESULT -> tellResult(payload, tool, callId, sent);
      case FrameNames.CONTEXT_UPDATE -> tellContext(payload, sent);
      case FrameNames.INTERRUPT -> {
        Turn turn = current();
        if (turn != null) {
          turn.interrupt();
        }
        sent.accept(null);
      }
      default -> {
        if (!connection.isOpen() && !isConnecting()) {
          throw new RequestRejectedException(
              "The event '"
                  + type
                  + "' was not sent: only a socket can carry it, and the session '"
                  + id
                  + "' has none now. A session opens one with the first input of the user, where the"
                  + " server offers one.",
              FailureContext.NONE);
        }
        send(type, payload, sent);
      }
    }
  }

  private void tellResult(
      ClientPayload payload,
      @Nullable String tool,
      @Nullable String callId,
      Consumer<@Nullable HolySheepException> sent) {
    Turn turn = current();
    if (turn == null) {
      // Says that no call waits, and what to do.
      OpenCalls.find(Map.of(), callId, tool);
      return;
    }
    String id = callId == null ? payload.text("tool_call_id") : callId;
    String name = tool == null ? payload.text("tool") : tool;
    // One that is opened for the next call of the turn knows the result already.
    SessionLink open = connection.isOpen() ? connection.link() : null;
    ClientPayload told = turn.result(payload, id, name);
    if (open == null) {
      sent.accept(null);
    } else {
      String frame = frames.write(FrameNames.TOOL_RESULT, told, timers().now());
      open.send(
          frame,
          fault -> sent.accept(fault == null ? null : notSent(FrameNames.TOOL_RESULT, fault)));
    }
  }

  private void tellContext(ClientPayload payload, Consumer<@Nullable HolySheepException> sent) {
    synchronized (this) {
      usedNanos = timers().nanoTime();
      conversation.add(List.of(Conversation.message("system", payload.content())));
    }
    if (connection.isOpen() || isConnecting()) {
      // If that fails, or there is no socket after all, the next request tells it.
      send(FrameNames.CONTEXT_UPDATE, payload, failure -> {});
    }
    sent.accept(null);
  }

  /** Whether the turn under way has asked for a socket that is not open yet. */
  private boolean isConnecting() {
    return current() != null && connection.asksForSocket();
  }

  private void send(
      String type, ClientPayload payload, Consumer<@Nullable HolySheepException> sent) {
    String frame = frames.write(type, payload, timers().now());
    Consumer<@Nullable TransportFault> told =
        fault -> sent.accept(fault == null ? null : notSent(type, fault));
    SessionLink there = connection.link();
    if (there != null && there.isOpen()) {
      there.send(frame, told);
    } else {
      connection.sendLater(frame, told);
    }
  }

  private HolySheepException notSent(String type, TransportFault fault) {
    return new TransportFailedException(
        "The event '"
            + type
            + "' of the session '"
            + id
            + "' was not sent: "
            + fault.getMessage()
            + ". The message still has it.",
        FailureContext.NONE,
        fault);
  }

  /**
   * Tells the server that the user interrupts.
   *
   * @return whether there is a socket to tell it over; the server then ends the answer, or has no
   *     time left
   */
  boolean interruptOverSocket(Turn turn) {
    SessionLink there = connection.link();
    if (there == null || !there.isOpen()) {
      return false;
    }
    String frame = frames.write(FrameNames.INTERRUPT, ClientPayload.empty(), timers().now());
    there.send(frame, fault -> {});
    awaitEnd(turn, there);
    return true;
  }

  /** What the server sent before that the receiver has not taken yet keeps the end from coming. */
  private void awaitEnd(Turn turn, SessionLink there) {
    timers()
        .schedule(
            settings.interruptTimeout(),
            () -> {
              if (turn.isOver()) {
                return;
              }
              if (there.hasUnread() && there.isOpen()) {
                awaitEnd(turn, there);
              } else {
                turn.interruptTimeIsUp();
              }
            });
  }

  /** How it stands now. */
  ActiveSession state() {
    boolean socket = connection.isOpen();
    synchronized (this) {
      Turn turn = turns.peek();
      return new ActiveSession(
          id,
          socket,
          turn == null ? null : turn.id(),
          turn == null ? null : turn.doing(),
          Math.max(0, turns.size() - 1));
    }
  }

  /**
   * Cancels a turn, whatever it is doing.
   *
   * @return whether it is one of this session that is not over
   */
  boolean cancel(String streamId, String reason) {
    List<Turn> found;
    synchronized (this) {
      found =
          turns.stream().filter(turn -> turn.id().equals(streamId) && !turn.isEndKnown()).toList();
    }
    found.forEach(turn -> turn.cancel(reason));
    return !found.isEmpty();
  }

  private synchronized @Nullable Turn current() {
    return turns.peek();
  }

  // The end.

  /** Whether its idleness is to be watched from now on; false where it is already. */
  synchronized boolean beginIdleWatch() {
    boolean begun = watched;
    watched = true;
    return !begun;
  }

  /** How long it has to be idle still before it may be forgotten; zero where it is long enough. */
  synchronized Duration untilForgettable() {
    Duration idle = Duration.ofNanos(timers().nanoTime() - usedNanos);
    Duration left = turns.isEmpty() ? settings.idleTimeout().minus(idle) : settings.idleTimeout();
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** Ends all turns and closes the connection. */
  void close(int code, String reason) {
    List<Turn> left;
    synchronized (this) {
      closed = true;
      left = new ArrayList<>(turns);
    }
    connection.endWith(code, reason);
    left.forEach(turn -> turn.cancel(reason));
    connection.close(code, reason);
  }

  /** Tries of one call of a turn. */
  private final class OfTurn implements SignallingTransport {

    private final TurnFrames first;
    private int tries;

    OfTurn(TurnFrames first) {
      this.first = first;
    }

    @Override
    public SignallingAttempt attempt(Call call) {
      tries++;
      if (tries > 1) {
        peers.listener().changed(id, Change.RECONNECTING, "try " + tries);
      }
      return new TurnAttempt(connection, first, call);
    }

    @Override
    public void close() {
      // It has nothing of its own.
    }
  }
}
