package ai.holysheep.camel.simulator.load;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tokens come as the model's name says, and each tells which it is and when it was written. */
class LoadServerTest {

  private static final Pattern CONTENT = Pattern.compile("\"content\":\"(\\d+)\"");

  private final LoadServer server = LoadServer.start(0);
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void closeServer() {
    server.close();
  }

  @Test
  void tokensComeInOrderAndThenTheUsage() throws Exception {
    long before = System.nanoTime();
    String body = ask(new Load(1000, Duration.ZERO).model(), true).body();
    List<String> tokens = tokens(body);
    assertThat(tokens).hasSize(1000);
    for (int number = 0; number < tokens.size(); number++) {
      assertThat(Stamp.number(tokens.get(number))).isEqualTo(number);
      assertThat(Stamp.writtenNanos(tokens.get(number))).isBetween(before, System.nanoTime());
    }
    assertThat(body)
        .contains("\"finish_reason\":\"stop\"", "\"completion_tokens\":1000")
        .endsWith("data: [DONE]\n\n");
  }

  @Test
  void tokensAtAPaceComeApart() throws Exception {
    List<String> tokens = tokens(ask(new Load(5, Duration.ofMillis(20)).model(), true).body());
    assertThat(tokens).hasSize(5);
    long apart = Stamp.writtenNanos(tokens.get(4)) - Stamp.writtenNanos(tokens.get(0));
    assertThat(Duration.ofNanos(apart)).isGreaterThan(Duration.ofMillis(40));
  }

  @Test
  void wholeAnswerComesWithoutAStream() throws Exception {
    HttpResponse<String> answer = ask(new Load(3, Duration.ZERO).model(), false);
    assertThat(answer.body()).contains("\"content\":\"token token token \"");
  }

  @Test
  void turnsOfAnAgentSessionComeOverASocket() throws Exception {
    Load load = new Load(100, Duration.ZERO);
    BlockingQueue<String> frames = new LinkedBlockingQueue<>();
    URI socket = URI.create("ws://127.0.0.1:" + server.port() + "/v1/agent/" + load.model());
    WebSocket session =
        client.newWebSocketBuilder().buildAsync(socket, new Frames(frames)).get(10, SECONDS);
    for (int turn = 0; turn < 2; turn++) {
      for (int number = 0; number < 100; number++) {
        Matcher token = CONTENT.matcher(String.valueOf(frames.poll(10, SECONDS)));
        assertThat(token.find()).isTrue();
        assertThat(Stamp.number(token.group(1))).isEqualTo(number);
      }
      assertThat(frames.poll(10, SECONDS)).contains("\"completion_tokens\":100");
      assertThat(frames.poll(10, SECONDS)).contains("\"type\":\"done\"");
      session.sendText("{\"type\":\"user_input\",\"payload\":{}}", true).get(10, SECONDS);
    }
    session.abort();
  }

  private record Frames(BlockingQueue<String> texts) implements WebSocket.Listener {
    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
      texts.add(text.toString());
      socket.request(1);
      return CompletableFuture.completedFuture(null);
    }
  }

  @Test
  void modelThatIsNoLoadIsRefused() throws Exception {
    HttpResponse<String> answer = ask("gpt-4", true);
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("gpt-4");
  }

  private HttpResponse<String> ask(String model, boolean stream)
      throws IOException, InterruptedException {
    String body = "{\"model\":\"%s\",\"stream\":%s,\"messages\":[]}".formatted(model, stream);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.baseUrl() + "/chat/completions"))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static List<String> tokens(String body) {
    List<String> tokens = new ArrayList<>();
    Matcher contents = CONTENT.matcher(body);
    while (contents.find()) {
      tokens.add(contents.group(1));
    }
    return tokens;
  }
}
