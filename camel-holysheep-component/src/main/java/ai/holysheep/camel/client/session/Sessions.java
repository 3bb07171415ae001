package ai.holysheep.camel.client.session;

import ai.holysheep.camel.chat.ActiveSession;
import ai.holysheep.camel.chat.EventReceiver;
import ai.holysheep.camel.chat.FrameNames;
import ai.holysheep.camel.chat.PushedCall;
import ai.holysheep.camel.chat.SessionListener;
import ai.holysheep.camel.client.ChatClient;
import ai.holysheep.camel.client.PushThreads;
import ai.holysheep.camel.error.FailureContext;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.error.RequestRejectedException;
import ai.holysheep.camel.transport.Socket;
import ai.holysheep.camel.transport.SocketTransport;
import ai.holysheep.camel.transport.Timers;
import ai.holysheep.camel.wire.ClientPayload;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent sessions of a component, by their names. Thread-safe. What it is given is borrowed:
 * whoever made it closes it, after this.
 */
public final class Sessions {

  private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

  private final Map<String, AgentSession> sessions = new ConcurrentHashMap<>();
  private final int maxSessions;
  private final SessionPeers peers;

  /**
   * @param maxSessions how many there may be at once
   * @param listener is told what happens to them besides their turns
   */
  public Sessions(
      ChatClient client, SocketTransport sockets, int maxSessions, SessionListener listener) {
    this.maxSessions = maxSessions;
    this.peers = new Peers(client, sockets, listener);
  }

  /**
   * A turn of a session, which is made if there is none of this name. It begins when it is begun
   * and those before it are over; then it brings events as any other call.
   *
   * @param input what the user says: text, or an object with the field {@code content}
   * @param request the model, and how it is asked; its prompt does not count
   * @param owner in whose name; null for nobody's
   * @throws HolySheepException when there are too many sessions, or no JSON can be made of the
   *     input
   */
  public PushedCall turn(
      String name,
      SessionSettings settings,
      Object input,
      SessionRequest request,
      @Nullable String owner,
      EventReceiver receiver,
      PushThreads threads) {
    AgentSession session = session(name, settings, request.settings().frameNames());
    TurnRequest turn = new TurnRequest(ClientPayload.of(input), request, owner);
    return new Turn(session, turn, receiver, threads);
  }

  /**
   * Says something into a session that begins no turn: the result of a tool, an interruption, news
   * for the model, or anything else.
   *
   * @param type {@code tool_result}, {@code interrupt}, {@code context_update} or any other
   * @param body what is said; null for nothing
   * @param tool of a tool's result: which tool; null where the body says it, or only one was called
   * @param callId of a tool's result: which call; null likewise
   * @param sent told when it is sent, or why it is not; by any thread
   * @throws HolySheepException when it cannot be sent
   */
  public void tell(
      String name,
      SessionSettings settings,
      FrameNames names,
      String type,
      @Nullable Object body,
      @Nullable String tool,
      @Nullable String callId,
      Consumer<@Nullable HolySheepException> sent) {
    session(name, settings, names).tell(type, payload(type, body), tool, callId, sent);
  }

  private static ClientPayload payload(String type, @Nullable Object body) {
    if (body == null || type.equals(FrameNames.INTERRUPT)) {
      return type.equals(FrameNames.TOOL_RESULT)
          ? ClientPayload.ofToolResult("")
          : ClientPayload.empty();
    }
    return type.equals(FrameNames.TOOL_RESULT)
        ? ClientPayload.ofToolResult(body)
        : ClientPayload.of(body);
  }

  private AgentSession session(String name, SessionSettings settings, FrameNames names) {
    AgentSession there = sessions.get(name);
    if (there != null) {
      return there;
    }
    if (sessions.size() >= maxSessions) {
      throw new RequestRejectedException(
          "There are "
              + maxSessions
              + " agent sessions already (option 'maxSessions'), so '"
              + name
              + "' cannot be begun. Sessions end with the client event 'close', or after"
              + " 'sessionIdleTimeout'.",
          FailureContext.NONE);
    }
    return sessions.computeIfAbsent(name, key -> new AgentSession(key, settings, names, peers));
  }

  /** How each of them stands now, in no order. */
  public List<ActiveSession> states() {
    return sessions.values().stream().map(AgentSession::state).toList();
  }

  /**
   * Cancels a turn, also one that waits for the results of tools or for turns before it.
   *
   * @return whether there is one with this id
   */
  public boolean cancel(String streamId, String reason) {
    return sessions.values().stream().anyMatch(session -> session.cancel(streamId, reason));
  }

  /** How many sessions there are. */
  public int count() {
    return sessions.size();
  }

  /**
   * Ends a session: its turns, its connection, and what is known of the conversation.
   *
   * @return whether there was one
   */
  public boolean close(String name, String reason) {
    AgentSession session = sessions.remove(name);
    if (session != null) {
      session.close(Socket.NORMAL, reason);
    }
    return session != null;
  }

  /** Ends all sessions. */
  public void closeAll(String reason) {
    sessions.values().forEach(session -> session.close(Socket.GOING_AWAY, reason));
    sessions.clear();
  }

  private final class Peers implements SessionPeers {

    private final ChatClient client;
    private final SocketTransport sockets;
    private final SessionListener listener;
    private final AtomicBoolean warned = new AtomicBoolean();

    Peers(ChatClient client, SocketTransport sockets, SessionListener listener) {
      this.client = client;
      this.sockets = sockets;
      this.listener = listener;
    }

    @Override
    public ChatClient client() {
      return client;
    }

    @Override
    public SocketTransport sockets() {
      return sockets;
    }

    @Override
    public Timers timers() {
      return client.timers();
    }

    @Override
    public SessionListener listener() {
      return listener;
    }

    @Override
    public void fellBack(String sessionId) {
      if (warned.compareAndSet(false, true)) {
        LOG.warn(
            "The server offers no socket for the agent session {}: it goes on with one request after"
                + " the other. Set the option 'transport' to sse where that is known. This is said"
                + " once.",
            sessionId);
      }
      listener.changed(sessionId, SessionListener.Change.FELL_BACK, "the server offers no socket");
    }

    @Override
    public void idle(AgentSession session) {
      if (!session.settings().idleTimeout().isZero() && session.beginIdleWatch()) {
        watch(session, session.settings().idleTimeout());
      }
    }

    private void watch(AgentSession session, Duration wait) {
      timers().schedule(wait, () -> forget(session));
    }

    private void forget(AgentSession session) {
      Duration left = session.untilForgettable();
      if (!left.isZero()) {
        watch(session, left);
      } else if (sessions.remove(session.id(), session)) {
        session.close(Socket.NORMAL, "idle");
      }
    }
  }
}
