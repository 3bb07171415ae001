package ai.holysheep.camel.chat;

import java.util.Locale;

/** What a call is doing that is under way. */
public enum StreamState {
  /** The request is not accepted yet. */
  SENDING,
  /** The request is accepted, and nothing of the answer has come in this try. */
  WAITING,
  /** The answer is coming, or waits to be taken. */
  ANSWERING,
  /** A try has failed, and the next has not begun. */
  PAUSING;

  /** The name as it is shown. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
