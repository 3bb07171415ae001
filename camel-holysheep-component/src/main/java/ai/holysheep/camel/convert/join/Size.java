package ai.holysheep.camel.convert.join;

import java.io.Serializable;

/**
 * How much is kept of an answer, in characters. Tool calls are counted apart, as they are where the
 * answer is received: a long text before them must not make them fail.
 *
 * @param texts of texts and reasoning
 * @param toolCalls of tool calls
 */
record Size(long texts, long toolCalls) implements Serializable {

  static final Size NONE = new Size(0, 0);

  Size plus(Size other) {
    return new Size(texts + other.texts, toolCalls + other.toolCalls);
  }

  Size minus(Size other) {
    return new Size(texts - other.texts, toolCalls - other.toolCalls);
  }

  boolean exceeds(int most) {
    return texts > most || toolCalls > most;
  }
}
