package ai.holysheep.camel.chat;

import org.jspecify.annotations.Nullable;

/**
 * What kind of event a part of a stream is; the value of the header {@code
 * CamelHolySheepEventType}.
 */
public enum EventType {
  /** A piece of the answer's text. */
  TOKEN("token"),
  /** A piece of the model's reasoning, which is not part of the answer. */
  REASONING("reasoning"),
  /** One complete call of a tool. */
  TOOL_CALL("tool_call"),
  /** A message of a session of a kind that is not known here. */
  OTHER("other"),
  /** All parts before this one are void: the answer begins anew. */
  RESTART("restart"),
  /** The last event of a stream that did not fail. */
  USAGE("usage"),
  /** The last event of a stream that failed. */
  ERROR("error");

  private final String word;

  EventType(String word) {
    this.word = word;
  }

  /** The type of a word; null where it is none of them. */
  public static @Nullable EventType of(@Nullable String word) {
    for (EventType type : values()) {
      if (type.word.equals(word)) {
        return type;
      }
    }
    return null;
  }

  /** The word that stands in headers and in JSON. */
  public String word() {
    return word;
  }

  @Override
  public String toString() {
    return word;
  }
}
