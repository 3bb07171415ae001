package ai.holysheep.camel.examples.gateway;

import static ai.holysheep.camel.examples.gateway.HttpTalk.question;
import static ai.holysheep.camel.examples.gateway.HttpTalk.some;
import static ai.holysheep.camel.examples.gateway.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.examples.gateway.GatewaySettings.Access;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OpenAiTest {

  private static final String CHAT = "/v1/chat/completions";

  private RunningGateway gateway;
  private HttpTalk client;

  @BeforeEach
  void start() throws Exception {
    gateway =
        RunningGateway.start(
            new Access(null, "gateway-key", null, List.of("X-Team")),
            RunningGateway.limits(2, 10, Duration.ofSeconds(1)),
            0);
    client = new HttpTalk(gateway.url(), "Authorization", "Bearer gateway-key");
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private static String streamed(String prompt) {
    return question(prompt).replaceFirst("\\{", "{\"stream\":true,");
  }

  @Test
  void aWholeAnswerIsAChatCompletion() throws Exception {
    HttpResponse<String> reply = client.post(CHAT, question("[[echo]]Hello sheep"));
    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(reply.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(reply.body())
        .contains("\"object\":\"chat.completion\"")
        .contains("\"content\":\"Hello sheep\"")
        .contains("\"finish_reason\":\"stop\"")
        .contains("\"total_tokens\":");
  }

  @Test
  void aStreamIsChunksAndDone() throws Exception {
    String body = client.post(CHAT, streamed("[[echo]]Hello sheep")).body();
    assertThat(body).contains("chat.completion.chunk").endsWith("data: [DONE]\n\n");
  }

  @Test
  void toolsAreOfferedAndCalled() throws Exception {
    String request =
        """
        {"model":"deepseek-v3.2","messages":[{"role":"user","content":"[[tool=weather]]Rain?"}],
         "tools":[{"type":"function","function":{"name":"weather","parameters":{"type":"object",
         "properties":{"city":{"type":"string"}},"required":["city"]}}}]}""";
    assertThat(client.post(CHAT, request).body())
        .contains("\"tool_calls\":[{\"id\":\"call_")
        .contains("\"name\":\"weather\"")
        .contains("\"content\":null")
        .contains("\"finish_reason\":\"tool_calls\"");
  }

  @Test
  void parametersAndListedHeadersReachTheModelAndOthersDoNot() throws Exception {
    String request = question("[[tokens=20]]Go").replaceFirst("\\{", "{\"max_tokens\":3,");
    String body = client.post(CHAT, request, "X-Team", "north", "X-Other", "thing").body();
    assertThat(body).contains("\"finish_reason\":\"length\"");
    String headers = gateway.simulator().requests().get(0).headers().toString();
    assertThat(headers)
        .containsIgnoringCase("x-team")
        .contains("any-key")
        .doesNotContainIgnoringCase("x-other")
        .doesNotContain("gateway-key");
  }

  @Test
  void whoHasNotTheKeyIsRefused() throws Exception {
    HttpTalk stranger = new HttpTalk(gateway.url(), "Authorization", "Bearer other");
    HttpResponse<String> reply = stranger.post(CHAT, question("Hello"));
    assertThat(reply.statusCode()).isEqualTo(401);
    assertThat(reply.body()).contains("invalid_api_key").doesNotContain("gateway-key");
    assertThat(new HttpTalk(gateway.url()).get("/v1/models").statusCode()).isEqualTo(401);
    assertThat(gateway.simulator().requests()).isEmpty();
  }

  @Test
  void theModelsAreListed() throws Exception {
    assertThat(client.get("/v1/models").body())
        .contains("\"object\":\"list\"")
        .contains("\"id\":\"gpt-4.1\"");
    assertThat(client.get("/v1/models/gpt-4.1").body()).contains("\"object\":\"model\"");
    assertThat(client.get("/v1/models/other").statusCode()).isEqualTo(404);
  }

  @Test
  void whatTheModelSaysOfTheRequestIsPassedOn() throws Exception {
    HttpResponse<String> reply = client.post(CHAT, streamed("[[status=400:too_silly]]Hello"));
    assertThat(reply.statusCode()).isEqualTo(400);
    assertThat(reply.body()).contains("\"code\":\"too_silly\"").doesNotContain("127.0.0.1");
  }

  @Test
  void aRateLimitOfTheModelComesWithItsDelay() throws Exception {
    HttpResponse<String> reply = client.post(CHAT, streamed("[[status=429]]Hello"));
    assertThat(reply.statusCode()).isEqualTo(429);
    assertThat(reply.headers().firstValue("Retry-After")).hasValue("1");
    assertThat(reply.body()).contains("rate_limit_error");
  }

  @Test
  void theModelStopsAsSoonAsTheClientIsGone() throws Exception {
    HttpResponse<InputStream> reply = client.open(CHAT, streamed("[[tokens=9]][[stall=2]]Hello"));
    assertThat(some(reply.body())).contains("chat.completion.chunk");
    reply.body().close();
    until(() -> gateway.simulator().cancelledStreams() == 1 && gateway.takenPlaces() == 0);
  }

  @Test
  void aFailureInTheMiddleIsAnErrorWithoutDone() throws Exception {
    String body = client.post(CHAT, streamed("[[tokens=9]][[cut=4]]Hello")).body();
    assertThat(body).contains("data: {\"error\":{\"message\":").doesNotContain("[DONE]");
  }

  @Test
  void useChatGetsItsOwnFormat() throws Exception {
    String request =
        """
        {"id":"c1","trigger":"submit-message","messages":[{"id":"m1","role":"user",
         "parts":[{"type":"text","text":"[[echo]]Hello sheep"}]}]}""";
    HttpResponse<String> reply = client.post("/api/chat", request);
    assertThat(reply.headers().firstValue("x-vercel-ai-ui-message-stream")).hasValue("v1");
    assertThat(reply.body()).contains("{\"type\":\"text-delta\"").contains("\"type\":\"finish\"");
  }
}
