package ai.holysheep.camel.examples.forwarding;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What a page does: it asks through a WebSocket, and reads frame by frame. */
final class Browser implements WebSocket.Listener {

  private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
  private final StringBuilder frame = new StringBuilder();
  private final WebSocket socket;

  /** Connects as a page of an origin does. */
  Browser(String address, String origin) {
    socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .header("Origin", origin)
            .buildAsync(URI.create(address), this)
            .join();
  }

  void ask(String prompt) {
    socket.sendText(prompt, true).join();
  }

  /** The next frames, as they come. */
  List<String> read(int count) throws InterruptedException {
    List<String> read = new ArrayList<>();
    while (read.size() < count) {
      String next = frames.poll(30, TimeUnit.SECONDS);
      assertThat(next).as("frame after %s", read).isNotNull();
      read.add(next);
    }
    return read;
  }

  void leave() {
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
  }

  /** Goes without a word, as one does that loses the network. */
  void vanish() {
    socket.abort();
  }

  @Override
  public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    frame.append(data);
    if (last) {
      frames.add(frame.toString());
      frame.setLength(0);
    }
    webSocket.request(1);
    return null;
  }
}
