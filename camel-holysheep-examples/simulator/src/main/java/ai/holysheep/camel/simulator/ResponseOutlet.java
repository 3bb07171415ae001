package ai.holysheep.camel.simulator;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** The reply to a request, as a stream of events. */
final class ResponseOutlet implements Outlet {

  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final Traffic traffic;
  private final int pieceBytes;

  /**
   * Sends nothing yet.
   *
   * @param pieceBytes how many bytes one write may have
   */
  ResponseOutlet(HttpServerRequest request, Traffic traffic, int pieceBytes) {
    this.request = request;
    this.response = request.response();
    this.traffic = traffic;
    this.pieceBytes = pieceBytes;
  }

  /** Has an answer sent. */
  void play(Playback playback) {
    traffic.streamOpened();
    response.setChunked(true);
    response.putHeader("Content-Type", "text/event-stream; charset=utf-8");
    response.putHeader("Cache-Control", "no-cache");
    response.exceptionHandler(failure -> clientGone(playback));
    response.closeHandler(closed -> clientGone(playback));
    response.drainHandler(drained -> playback.drained());
    playback.start();
  }

  private void clientGone(Playback playback) {
    if (playback.stop()) {
      traffic.streamCancelled();
    }
  }

  @Override
  public boolean isFull() {
    return response.writeQueueFull();
  }

  @Override
  public void write(String event) {
    Buffer bytes = Buffer.buffer(event);
    for (int from = 0; from < bytes.length(); from += Math.min(pieceBytes, bytes.length())) {
      int to = Math.min(bytes.length(), from + Math.min(pieceBytes, bytes.length()));
      response.write(bytes.slice(from, to));
    }
  }

  @Override
  public void finished() {
    traffic.streamEnded();
    response.end();
  }

  @Override
  public void broken(Fault.Kind kind) {
    if (kind == Fault.Kind.ERROR) {
      finished();
      return;
    }
    traffic.streamEnded();
    request.connection().close();
  }
}
