package ai.holysheep.camel;

/** What an endpoint does. */
public enum HolySheepOperation {
  /** Asks a model. */
  chat,
  /** Speaks in a session. */
  agent,
  /** Ends a stream that is under way. */
  cancel,
  /** Answers the HTTP request that a route began with. */
  respond
}
