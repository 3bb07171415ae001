package ai.holysheep.camel.simulator;

import java.util.Locale;

/**
 * What goes wrong within an answer.
 *
 * @param afterTokens how many tokens of each choice come before it; at the latest it happens after
 *     the last token, before the finish reason
 */
record Fault(Kind kind, int afterTokens) {

  static final Fault NONE = new Fault(Kind.NONE, Integer.MAX_VALUE);

  boolean isAt(int step, int length) {
    return kind != Kind.NONE && step == Math.min(afterTokens, length);
  }

  /** The kinds, in the order in which they win over one another. */
  enum Kind {
    /** The connection closes without an end. */
    CUT,
    /** The connection of a socket closes without a close frame. */
    DROP,
    /** A socket is closed with a code. */
    CLOSE,
    /** Nothing more is sent over a socket, and nothing that comes over it is heard. */
    MUTE,
    /** Nothing more is sent; the connection stays open. */
    STALL,
    /** An error event, after which the answer ends without its usual end. */
    ERROR,
    /** One event whose JSON is broken; the answer goes on. */
    MALFORMED,
    /** All goes well. */
    NONE;

    /** Whether it can happen to a socket only. */
    boolean isOfSockets() {
      return this == DROP || this == CLOSE || this == MUTE;
    }

    String directive() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
