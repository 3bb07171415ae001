package ai.holysheep.camel.chat;

/**
 * Is told what happens to agent sessions besides their turns. Called by any thread, for each
 * session one call at a time; must neither wait nor throw.
 */
public interface SessionListener {

  /** What became of a session's connection. */
  enum Change {
    /** Its socket is open. */
    CONNECTED("connected"),
    /** A turn that has brought nothing yet is tried again over a new connection. */
    RECONNECTING("reconnecting"),
    /** The server offers no socket: the session goes on with requests and event streams. */
    FELL_BACK("fell_back"),
    /** Its socket is closed; the next event opens a new one. */
    CLOSED("closed");

    private final String word;

    Change(String word) {
      this.word = word;
    }

    /** The word that stands in headers. */
    public String word() {
      return word;
    }
  }

  /**
   * Something happened to the connection of a session.
   *
   * @param detail why, in a few words for people
   */
  void changed(String sessionId, Change change, String detail);

  /** The server has sent a message that belongs to no turn. */
  void received(String sessionId, OtherMessage message);
}
