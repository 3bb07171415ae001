package ai.holysheep.camel;

import ai.holysheep.camel.chat.OtherMessage;
import ai.holysheep.camel.chat.SessionListener;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The routes that begin with agent sessions: one for a session, and one for all that have none of
 * their own. Thread-safe.
 */
final class AgentRoutes implements SessionListener {

  /** The consumer of sessions that have none of their own. */
  private static final String ALL_OTHERS = "";

  private final Map<String, HolySheepAgentConsumer> consumers = new ConcurrentHashMap<>();

  /**
   * From now on a route has the events of a session.
   *
   * @param session the session; null for all that have no route of their own
   * @throws IllegalStateException when there is such a route already
   */
  void add(@Nullable String session, HolySheepAgentConsumer consumer) {
    HolySheepAgentConsumer other = consumers.putIfAbsent(key(session), consumer);
    if (other != null && other != consumer) {
      throw new IllegalStateException(
          "Two routes begin with "
              + (session == null ? "all agent sessions" : "the agent session '" + session + "'")
              + ". Each event is routed once: let one of them send it on to the other.");
    }
  }

  void remove(@Nullable String session, HolySheepAgentConsumer consumer) {
    consumers.remove(key(session), consumer);
  }

  /** The route that has the events of a session; null where there is none. */
  @Nullable HolySheepAgentConsumer of(String session) {
    HolySheepAgentConsumer own = consumers.get(session);
    return own == null ? consumers.get(ALL_OTHERS) : own;
  }

  @Override
  public void changed(String sessionId, Change change, String detail) {
    HolySheepAgentConsumer consumer = of(sessionId);
    if (consumer != null) {
      consumer.changed(sessionId, change, detail);
    }
  }

  @Override
  public void received(String sessionId, OtherMessage message) {
    HolySheepAgentConsumer consumer = of(sessionId);
    if (consumer != null) {
      consumer.received(sessionId, message);
    }
  }

  private static String key(@Nullable String session) {
    return session == null ? ALL_OTHERS : session;
  }
}
