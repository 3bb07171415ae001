package ai.holysheep.camel.wire;

import ai.holysheep.camel.chat.ChatEvent;

/** Each event as a JSON object of one line, in a frame. Keeps nothing, so all streams share one. */
enum EventFrames implements StreamWriter.Words {
  /**
   * As server-sent events. Without a name, so that a browser's {@code EventSource} gives all of
   * them to {@code onmessage}; one named {@code error} would look to it like a broken connection.
   * With an id, which it repeats when it connects again.
   */
  SSE {
    @Override
    public void write(ChatEvent event, StringBuilder out) {
      out.append("id: ").append(event.origin().index()).append('\n');
      out.append("data: ").append(EVENTS.json(event)).append("\n\n");
    }
  },
  /** As lines. */
  LINES {
    @Override
    public void write(ChatEvent event, StringBuilder out) {
      out.append(EVENTS.json(event)).append('\n');
    }
  };

  private static final EventWriter EVENTS = new EventWriter();

  @Override
  public boolean canRestart() {
    return true;
  }
}
