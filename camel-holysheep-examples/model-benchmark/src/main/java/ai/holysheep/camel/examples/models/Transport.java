package ai.holysheep.camel.examples.models;

/** How an answer comes. */
enum Transport {
  /** One request, answered by server-sent events. */
  SSE("sse", "events"),
  /** A turn of an agent session, over a socket that is open already. */
  WEBSOCKET("websocket", "WebSocket");

  private final String word;
  private final String title;

  Transport(String word, String title) {
    this.word = word;
    this.title = title;
  }

  /** The word of options and files. */
  String word() {
    return word;
  }

  /** What people read. */
  String title() {
    return title;
  }

  /** The same word, as it is typed. */
  @Override
  public String toString() {
    return word;
  }
}
