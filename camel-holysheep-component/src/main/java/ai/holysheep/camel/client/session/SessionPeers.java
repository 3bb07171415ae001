package ai.holysheep.camel.client.session;

import ai.holysheep.camel.chat.SessionListener;
import ai.holysheep.camel.client.ChatClient;
import ai.holysheep.camel.transport.SocketTransport;
import ai.holysheep.camel.transport.Timers;

/** Whom a session works with. */
interface SessionPeers {

  ChatClient client();

  SocketTransport sockets();

  Timers timers();

  SessionListener listener();

  /** The server of a session offers no socket. */
  void fellBack(String sessionId);

  /** A session has no turn under way. */
  void idle(AgentSession session);
}
