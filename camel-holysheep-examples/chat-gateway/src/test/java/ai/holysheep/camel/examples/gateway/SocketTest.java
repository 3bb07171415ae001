package ai.holysheep.camel.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.examples.gateway.GatewaySettings.Access;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SocketTest {

  private static final Pattern ANSWER = Pattern.compile("\"answer\":\"([^\"]+)\"");

  private RunningGateway gateway;

  private void start(Duration patience, double pace) throws Exception {
    gateway = RunningGateway.start(Access.usual(), RunningGateway.limits(2, 10, patience), pace);
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private Page page() {
    return new Page(gateway.url(), null);
  }

  private static String ask(String prompt) {
    return """
        {"type":"ask","id":"q1","model":"deepseek-v3.2","messages":[{"role":"user","content":"%s"}]}"""
        .formatted(prompt);
  }

  @Test
  void anAnswerComesInFramesThatNameTheQuestion() throws Exception {
    start(Duration.ofSeconds(20), 0);
    Page page = page();
    page.say(ask("[[echo]]Hello sheep"));
    List<String> frames = page.untilLast();
    assertThat(frames).first().asString().startsWith("{\"id\":\"q1\",\"answer\":\"");
    assertThat(frames).element(1).asString().contains("\"index\":0").contains("\"event\":{");
    assertThat(frames).last().asString().contains("\"type\":\"usage\"").contains("\"cost\":");
  }

  @Test
  void aPageThatComesBackReadsOnOverAnotherSocket() throws Exception {
    start(Duration.ofSeconds(20), 0.2);
    Page page = page();
    page.say(ask("[[tokens=40]]Go on"));
    String answer = page.answer();
    assertThat(page.next()).contains("\"index\":0");
    page.vanish();
    Page again = page();
    again.say(resume(answer, 0));
    List<String> frames = again.untilLast();
    assertThat(frames).element(1).asString().contains("\"index\":1");
    assertThat(frames).last().asString().contains("\"index\":40").contains("\"type\":\"usage\"");
    assertThat(frames).hasSize(1 + 40);
    assertThat(gateway.simulator().requests()).hasSize(1);
  }

  @Test
  void manyEventsAtOnceAreSentInOrder() throws Exception {
    start(Duration.ofSeconds(20), 0);
    Page page = page();
    page.say(ask("[[tokens=5000]]Go on"));
    String answer = page.answer();
    page.untilLast();
    page.say(resume(answer, -1));
    List<String> frames = page.untilLast();
    assertThat(frames).hasSize(1 + 5000 + 1);
    assertThat(frames).element(4000).asString().contains("\"index\":3999");
  }

  @Test
  void aStopEndsTheAnswerAndTheModel() throws Exception {
    start(Duration.ofSeconds(20), 1);
    Page page = page();
    page.say(ask("[[tokens=9000]]Go on"));
    String answer = page.answer();
    page.next();
    page.say("{\"type\":\"stop\",\"id\":\"q1\",\"answer\":\"" + answer + "\"}");
    assertThat(page.untilLast()).last().asString().contains("CallCancelledException");
    Waiting.until(() -> gateway.simulator().cancelledStreams() == 1);
  }

  @Test
  void theModelStopsWhenThePageStaysAway() throws Exception {
    start(Duration.ofMillis(50), 1);
    Page page = page();
    page.say(ask("[[tokens=9000]]Go on"));
    page.answer();
    page.next();
    page.vanish();
    Waiting.until(() -> gateway.simulator().cancelledStreams() == 1);
    Waiting.until(() -> gateway.answers() == 0 && gateway.takenPlaces() == 0);
  }

  @Test
  void whatCannotBeDoneIsToldWithoutClosingTheSocket() throws Exception {
    start(Duration.ofSeconds(20), 0);
    Page page = page();
    page.say("nonsense");
    assertThat(page.next()).contains("\"id\":null").contains("\"status\":400");
    page.say(resume("0815", 1));
    assertThat(page.next()).contains("\"id\":\"q1\"").contains("\"status\":404");
    page.say(ask("[[tokens=9]][[stall=1]]Go"));
    page.answer();
    page.say(ask("[[tokens=9]][[stall=1]]Go"));
    page.answer();
    page.say(ask("Hello"));
    assertThat(page.untilMatch("refused")).contains("\"status\":429").contains("\"retryAfter\":2");
  }

  @Test
  void pagesOfOtherOriginsGetNoSocket() throws Exception {
    start(Duration.ofSeconds(20), 0);
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () -> new Page(gateway.url(), "https://evil.example")))
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(WebSocketHandshakeException.class);
  }

  private static String resume(String answer, int after) {
    return "{\"type\":\"resume\",\"id\":\"q1\",\"answer\":\"%s\",\"after\":%d}"
        .formatted(answer, after);
  }

  /** A page with a socket. */
  private static final class Page implements WebSocket.Listener {

    private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
    private final StringBuilder partial = new StringBuilder();
    private final WebSocket socket;

    Page(String url, String origin) {
      WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
      if (origin != null) {
        builder.header("Origin", origin);
      }
      socket =
          builder
              .buildAsync(URI.create(url.replaceFirst("http", "ws") + "/api/socket"), this)
              .join();
    }

    void say(String frame) {
      socket.sendText(frame, true).join();
    }

    /** As when the network goes. */
    void vanish() {
      socket.abort();
    }

    String next() throws InterruptedException {
      String frame = frames.poll(30, TimeUnit.SECONDS);
      assertThat(frame).as("a frame within half a minute").isNotNull();
      return frame;
    }

    String answer() throws InterruptedException {
      Matcher matcher = ANSWER.matcher(untilMatch("\"answer\""));
      assertThat(matcher.find()).isTrue();
      return matcher.group(1);
    }

    String untilMatch(String part) throws InterruptedException {
      String frame = next();
      while (!frame.contains(part)) {
        frame = next();
      }
      return frame;
    }

    List<String> untilLast() throws InterruptedException {
      List<String> all = new ArrayList<>();
      do {
        all.add(next());
      } while (!all.get(all.size() - 1).matches(".*\"type\":\"(usage|error)\".*"));
      return all;
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      partial.append(data);
      if (last) {
        frames.add(partial.toString());
        partial.setLength(0);
      }
      from.request(1);
      return null;
    }
  }
}
