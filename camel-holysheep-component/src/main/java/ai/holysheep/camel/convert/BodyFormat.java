package ai.holysheep.camel.convert;

/** What the body of a part, and of a whole answer, is. */
public enum BodyFormat {
  /** The text; tool calls, usage and errors as objects that convert to JSON text. */
  text,
  /** One JSON object in one line. */
  json,
  /** The typed event, or the typed answer. */
  object
}
