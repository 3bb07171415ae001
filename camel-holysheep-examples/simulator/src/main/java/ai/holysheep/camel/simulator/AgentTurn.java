package ai.holysheep.camel.simulator;

import io.vertx.core.Vertx;

/**
 * Says one answer over a socket, until all is said or tools have to answer. Every method runs on
 * the event loop of the socket.
 */
final class AgentTurn implements Outlet {

  private final AgentSession session;
  private final AgentSocket socket;
  private final Directives directives;
  private final AgentScript script;
  private final Playback playback;
  private boolean binaryIsDue;

  /**
   * Plans the answer and sends nothing yet.
   *
   * @param before what the turn has used before tools answered
   * @throws ApiError.RefusedException if the prompt asks for that, or for what there is not
   */
  AgentTurn(
      Vertx vertx,
      AgentSession session,
      AgentSocket socket,
      ChatHandler chat,
      ChatRequest request,
      Usage before) {
    this.session = session;
    this.socket = socket;
    this.directives = Directives.parse(request.prompt());
    this.binaryIsDue = directives.has("binary");
    boolean well = chat.isOverFailing(request.prompt(), directives.times());
    if (!well && directives.refuses()) {
      throw refusal(directives).refused();
    }
    this.script = new AgentScript(request, directives, before, session::called);
    Fault fault = well ? Fault.NONE : directives.socketFault();
    Pace pace = chat.pace(request.model());
    this.playback = new Playback(vertx, script, this, pace, fault, System.nanoTime());
  }

  private static ApiError refusal(Directives directives) {
    Directives.Status status = directives.status();
    return status == null
        ? ApiError.asked(directives.htmlStatus(), null)
        : ApiError.asked(status.status(), status.code());
  }

  void start() {
    playback.start();
  }

  void drained() {
    playback.drained();
  }

  /** The socket is closed. */
  void stop() {
    playback.stop();
  }

  /** The client does not want the rest. */
  void interrupt() {
    playback.stop();
    script.ending("interrupted", this::write);
    session.over(script.text());
  }

  /** What the turn has used up to now. */
  Usage used() {
    return script.used();
  }

  @Override
  public boolean isFull() {
    return socket.isFull();
  }

  @Override
  public void write(String event) {
    socket.send(event, directives.fragmentBytes());
    if (binaryIsDue) {
      binaryIsDue = false;
      socket.sendBinary();
    }
  }

  @Override
  public void finished() {
    if (script.callsTools()) {
      session.waitForTools(directives.has("toolend"));
    } else {
      session.over(script.text());
    }
  }

  @Override
  public void broken(Fault.Kind kind) {
    switch (kind) {
      case CLOSE -> socket.close(directives.closeCode());
      case MUTE -> socket.mute();
      case ERROR -> session.over(script.text());
      default -> socket.drop();
    }
  }
}
