package ai.holysheep.camel;

/** What an endpoint does. */
public enum HolySheepOperation {
  /** Asks a model. */
  chat
}
