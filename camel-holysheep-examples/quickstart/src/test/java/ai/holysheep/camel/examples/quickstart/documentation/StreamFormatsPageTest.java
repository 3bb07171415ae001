package ai.holysheep.camel.examples.quickstart.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.chat.FinishReason;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The examples in the reference of formats are what an HTTP client gets from a route, but for ids,
 * dates and addresses.
 */
class StreamFormatsPageTest extends HowToTestSupport {

  private static final String PROMPT = "Hi [[reasoning=1]][[echo]]Hello sheep";

  @ParameterizedTest
  @CsvSource({
    "text, text/plain",
    "sse, text/event-stream",
    "ndjson, application/x-ndjson",
    "openai, text/event-stream",
    "ui-message, text/event-stream"
  })
  void exampleOfEachFormat(String format, String contentType) throws Exception {
    HttpResponse<String> reply = ask(format, PROMPT);
    assertThat(comparable(reply.body())).isEqualTo(example("format-" + format));
    assertThat(header(reply, "content-type")).startsWith(contentType);
    assertThat(header(reply, "x-vercel-ai-ui-message-stream"))
        .isEqualTo(format.equals("ui-message") ? "v1" : "");
    assertThat(header(reply, "x-accel-buffering"))
        .isEqualTo(contentType.equals("text/event-stream") ? "no" : "");
    assertThat(header(reply, "cache-control")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"sse", "openai", "ui-message"})
  void failureOfEachFormat(String format) throws Exception {
    String reply = ask(format, "[[cut=1]][[echo]]Hello sheep").body();
    assertThat(comparable(reply)).endsWith(example("format-failure-" + format));
  }

  /** Reading throws, and the server makes of that what it will: this one ends the reply. */
  @Test
  void failureOfTextIsNotSeenByAClient() throws Exception {
    HttpResponse<String> reply = ask("text", "[[cut=1]][[echo]]Hello sheep");
    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(reply.body()).isEqualTo("Hello");
  }

  @Test
  void routeIsAServerForOurOwnClientToo() throws Exception {
    String port = String.valueOf(freePort());
    context.getPropertiesComponent().addInitialProperty("port", port);
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            // begin: openai-gateway
            from("jetty:http://127.0.0.1:{{port}}/v1/chat/completions")
                .to("holysheep:chat?model=deepseek-v3.2&stream=true&streamFormat=openai");
            // end: openai-gateway
          }
        });
    String gateway = "&baseUrl=http://127.0.0.1:" + port + "/v1";
    ChatAnswer answer =
        template.requestBody(
            "holysheep:chat?model=gpt-4.1&stream=true" + gateway, PROMPT, ChatAnswer.class);
    assertThat(answer.text()).isEqualTo("Hello sheep");
    assertThat(answer.reasoning()).isEqualTo("The");
    assertThat(answer.report().usage().totalTokens()).isEqualTo(17);
    assertThat(answer.report().finishReason()).isEqualTo(FinishReason.STOP);
  }

  private HttpResponse<String> ask(String format, String prompt) throws Exception {
    int port = freePort();
    String endpoint = "holysheep:chat?model=deepseek-v3.2&stream=true&maxReconnects=0";
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("jetty:http://127.0.0.1:" + port + "/ask")
                .to(endpoint + "&streamFormat=" + format);
          }
        });
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/ask"))
            .header("Content-Type", "text/plain")
            .timeout(Duration.ofSeconds(20))
            .POST(HttpRequest.BodyPublishers.ofString(prompt))
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String header(HttpResponse<?> reply, String name) {
    return reply.headers().firstValue(name).orElse("");
  }

  private static String example(String name) {
    return Documents.code(name).stripTrailing();
  }

  /** What differs from one run to the next is written as in the other pages. */
  private static String comparable(String bytes) {
    return Documents.withTimesOfAnExample(bytes)
        .stripTrailing()
        .replaceAll("\"streamId\":\"[^\"]*\"", "\"streamId\":\"5f0c...\"")
        .replaceAll("\"(id|responseId)\":\"([a-z]{4,})[^\"]*\"", "\"$1\":\"$2...\"")
        .replaceAll("\"created\":\\d+", "\"created\":1700000000")
        .replaceAll("127.0.0.1:\\d+", "127.0.0.1:8089")
        .replaceAll("req_sim\\w+", "req_sim...");
  }
}
