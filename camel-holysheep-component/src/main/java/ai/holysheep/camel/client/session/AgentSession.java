package ai.holysheep.camel.client.session;

import ai.holysheep.camel.chat.ChatRequest;
import ai.holysheep.camel.chat.FrameNames;
import ai.holysheep.camel.chat.OtherMessage;
import ai.holysheep.camel.chat.Prompt;
import ai.holysheep.camel.chat.PushedCall;
import ai.holysheep.camel.chat.SessionListener.Change;
import ai.holysheep.camel.client.StreamStart;
import ai.holysheep.camel.error.FailureContext;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.error.RequestRejectedException;
import ai.holysheep.camel.error.TransportFailedException;
import ai.holysheep.camel.transport.Call;
import ai.holysheep.camel.transport.Reply;
import ai.holysheep.camel.transport.SignallingAttempt;
import ai.holysheep.camel.transport.SignallingTransport;
import ai.holysheep.camel.transport.Socket;
import ai.holysheep.camel.transport.SocketCall;
import ai.holysheep.camel.transport.Timers;
import ai.holysheep.camel.transport.TransportFault;
import ai.holysheep.camel.transport.TransportFault.Kind;
import ai.holysheep.camel.wire.ClientFrames;
import ai.holysheep.camel.wire.ClientPayload;
import ai.holysheep.camel.wire.SessionDecoder;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One conversation with a model: turns, one after the other, and what is said between and into
 * them. It opens a connection with its first turn. Thread-safe.
 */
final class AgentSession implements SessionLink.Reader {

  private final String id;
  private final SessionSettings settings;
  private final SessionPeers peers;
  private final ClientFrames frames;
  private final AtomicLong lateEvents = new AtomicLong();

  // Guarded by this.
  private final Conversation conversation;
  private final Deque<Turn> turns = new ArrayDeque<>();
  private @Nullable SessionLink link;
  private boolean withoutSocket;
  private boolean closed;
  private long usedNanos;

  AgentSession(String id, SessionSettings settings, FrameNames names, SessionPeers peers) {
    this.id = id;
    this.settings = settings;
    this.peers = peers;
    this.frames = new ClientFrames(names);
    this.conversation = new Conversation(settings.maxTurns());
    this.withoutSocket = settings.transport() == SessionTransport.sse;
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

  /** How many events came for answers that had been interrupted, and were dropped. */
  long lateEventCount() {
    return lateEvents.get();
  }

  void lateEvent() {
    lateEvents.incrementAndGet();
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
    SessionLink there = link();
    if (there != null && wasCurrent) {
      there.letGo();
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
      if (!withoutSocket) {
        overrides.put(settings.agentModeField(), true);
      }
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
            new StreamStart(turn.id(), turn.nextIndex()),
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
        if (!isOpen()) {
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
    ClientPayload told = turn.result(payload, id, name);
    if (isOpen()) {
      send(FrameNames.TOOL_RESULT, told, sent);
    } else {
      sent.accept(null);
    }
  }

  private void tellContext(ClientPayload payload, Consumer<@Nullable HolySheepException> sent) {
    synchronized (this) {
      usedNanos = timers().nanoTime();
      conversation.add(List.of(Conversation.message("system", payload.content())));
    }
    if (isOpen()) {
      send(FrameNames.CONTEXT_UPDATE, payload, sent);
    } else {
      sent.accept(null);
    }
  }

  private void send(
      String type, ClientPayload payload, Consumer<@Nullable HolySheepException> sent) {
    SessionLink there = link();
    String frame = frames.write(type, payload, timers().now());
    if (there == null) {
      sent.accept(notSent(type, "the socket is closed", null));
      return;
    }
    there.send(
        frame,
        fault ->
            sent.accept(
                fault == null ? null : notSent(type, String.valueOf(fault.getMessage()), fault)));
  }

  private HolySheepException notSent(String type, String why, @Nullable TransportFault fault) {
    return new TransportFailedException(
        "The event '"
            + type
            + "' of the session '"
            + id
            + "' was not sent: "
            + why
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
    SessionLink there = link();
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

  private synchronized @Nullable Turn current() {
    return turns.peek();
  }

  // The connection.

  private synchronized @Nullable SessionLink link() {
    return link;
  }

  private boolean isOpen() {
    SessionLink there = link();
    return there != null && there.isOpen();
  }

  /** The socket, if another turn may go over it; one that is too old is closed. */
  @Nullable SessionLink fitLink() {
    SessionLink there = link();
    if (there == null) {
      return null;
    }
    if (there.isFit()) {
      there.hold();
      return there;
    }
    there.close(Socket.NORMAL, "old");
    return null;
  }

  /** The request of a turn, with which the server is asked for a socket where it may have one. */
  SignallingAttempt request(Call call) {
    boolean plain;
    synchronized (this) {
      plain = withoutSocket;
    }
    return peers.client().signallingTransport().attempt(plain ? call : asking(call));
  }

  private Call asking(Call call) {
    Map<String, String> headers = new LinkedHashMap<>(call.headers());
    headers.put("Connection", "Upgrade");
    headers.put("Upgrade", "websocket");
    String place = call.uri().toString();
    String base = place.substring(0, place.length() - "/chat/completions".length());
    return new Call(URI.create(base + settings.agentPath()), headers, call.body(), call.limits());
  }

  /** The socket that a reply names; null where it names none, or none is wanted. */
  @Nullable String namedSocket(Reply head) {
    synchronized (this) {
      if (withoutSocket) {
        return null;
      }
    }
    for (String name : settings.addressHeaders()) {
      String value = head.header(name);
      if (value != null && !value.isBlank()) {
        return value;
      }
    }
    return null;
  }

  URI address(Call call, String named) throws TransportFault {
    return SocketAddresses.of(call.uri(), named, settings.allowedHosts());
  }

  /**
   * A request was accepted, and its reply names no socket.
   *
   * @throws TransportFault when one is insisted on
   */
  void noSocket() throws TransportFault {
    boolean isNews;
    synchronized (this) {
      isNews = !withoutSocket;
      if (isNews && settings.transport() == SessionTransport.websocket) {
        throw new TransportFault(
            Kind.SESSION_REFUSED,
            "the server names no socket in the headers "
                + settings.addressHeaders()
                + ". Set the option 'transport' to auto or sse to do without one",
            null);
      }
      withoutSocket = true;
    }
    if (isNews) {
      peers.fellBack(id);
    }
  }

  /** Opens a socket whose first messages are this reader's. */
  SessionLink connect(URI uri, Call call, SessionLink.Reader reader) {
    Map<String, String> headers = new LinkedHashMap<>(call.headers());
    headers.keySet().removeIf(AgentSession::isOfTheRequest);
    SessionLink next = new SessionLink(timers(), settings, reader, this, this::lost);
    next.hold();
    synchronized (this) {
      link = next;
    }
    peers.sockets().open(new SocketCall(uri, headers, call.limits()), next);
    return next;
  }

  private static boolean isOfTheRequest(String header) {
    return header.equalsIgnoreCase("Accept") || header.equalsIgnoreCase("Content-Type");
  }

  void socketOpened() {
    peers.listener().changed(id, Change.CONNECTED, "socket open");
  }

  private void lost(SocketLoss loss) {
    peers.listener().changed(id, Change.CLOSED, loss.words());
  }

  // What comes while no turn reads.

  @Override
  public void message(String text) {
    OtherMessage message = SessionDecoder.outsideOfATurn(text);
    if (message != null) {
      peers.listener().received(id, message);
    }
    SessionLink there = link();
    if (there != null) {
      there.request();
    }
  }

  @Override
  public void ended(SocketLoss loss) {
    // The next turn opens another.
  }

  // The end.

  /** Whether nothing has happened for so long that the session may be forgotten. */
  synchronized boolean isForgettable() {
    return turns.isEmpty() && timers().nanoTime() - usedNanos >= settings.idleTimeout().toNanos();
  }

  /** Ends all turns and closes the connection. */
  void close(int code, String reason) {
    List<Turn> left;
    SessionLink there;
    synchronized (this) {
      closed = true;
      left = new ArrayList<>(turns);
      there = link;
    }
    left.forEach(turn -> turn.cancel(reason));
    if (there != null) {
      there.close(code, reason);
    }
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
      return new TurnAttempt(AgentSession.this, first, call);
    }

    @Override
    public void close() {
      // It has nothing of its own.
    }
  }
}
