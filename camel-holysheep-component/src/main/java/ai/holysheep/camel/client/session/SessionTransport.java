package ai.holysheep.camel.client.session;

/** What carries a session. */
public enum SessionTransport {
  /** A socket where the server offers one, otherwise requests whose answers are event streams. */
  auto,
  /** A socket; without one, the session fails. */
  websocket,
  /** Requests whose answers are event streams. */
  sse
}
