package ai.holysheep.camel.examples.gateway;

import static ai.holysheep.camel.examples.gateway.HttpTalk.question;
import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.examples.gateway.GatewaySettings.Access;
import ai.holysheep.camel.examples.gateway.GatewaySettings.Limits;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {

  private static final String PAGE = "https://www.example.com";

  private static RunningGateway gateway;
  private static HttpTalk client;

  @BeforeAll
  static void start() throws Exception {
    // Clients of the JDK may set what browsers set.
    System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host,origin");
    gateway =
        RunningGateway.start(
            new Access(PAGE, null, null, List.of()),
            new Limits(4096, 1000, 4, 10, Duration.ofSeconds(1), Duration.ofSeconds(5)),
            0);
    client = new HttpTalk(gateway.url());
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @Test
  void aPageOfTheConfiguredOriginMayAskFirst() throws Exception {
    HttpResponse<String> reply =
        client.send(
            "OPTIONS",
            "/api/stream",
            "Origin",
            PAGE,
            "Access-Control-Request-Method",
            "POST",
            "Access-Control-Request-Headers",
            "content-type");
    assertThat(reply.statusCode()).isEqualTo(204);
    assertThat(reply.headers().firstValue("Access-Control-Allow-Origin")).hasValue(PAGE);
    assertThat(reply.headers().firstValue("Access-Control-Allow-Headers").orElseThrow())
        .contains("Content-Type")
        .contains("Authorization");
  }

  @Test
  void aPageOfTheConfiguredOriginReadsTheAnswer() throws Exception {
    HttpResponse<String> reply = client.post("/api/stream", question("Hello"), "Origin", PAGE);
    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(reply.headers().firstValue("Access-Control-Allow-Origin")).hasValue(PAGE);
    assertThat(reply.headers().firstValue("Access-Control-Expose-Headers").orElseThrow())
        .contains("Answer-Id");
  }

  @Test
  void aPageOfTheGatewayItselfNeedsNoPermission() throws Exception {
    HttpResponse<String> reply =
        client.post("/api/stream", question("Hello"), "Origin", gateway.url());
    assertThat(reply.statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example", "null", "https://www.example.com.evil.example"})
  void pagesOfOtherOriginsAreRefused(String origin) throws Exception {
    HttpResponse<String> reply = client.post("/api/stream", question("Hello"), "Origin", origin);
    assertThat(reply.statusCode()).isEqualTo(403);
    assertThat(reply.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
  }

  @Test
  void aBodyThatIsTooLongIsRefused() throws Exception {
    HttpResponse<String> reply = client.post("/api/stream", question("a".repeat(5000)));
    assertThat(reply.statusCode()).isEqualTo(413);
    assertThat(reply.body()).contains("request_too_large");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{                                                  | The request is no JSON object.",
        "[]                                                 | The request is no JSON object.",
        "{}                                                 | 'messages' must be a list",
        "{\"messages\":[]}                                  | 'messages' must be a list",
        "{\"messages\":[1]}                                 | must be an object",
        "{\"messages\":[{\"role\":\"tool\",\"content\":\"\"}]}    | must be one of",
        "{\"messages\":[{\"role\":\"user\",\"content\":[]}]}      | must be a text",
      })
  void aRequestThatMakesNoSenseIsRefusedBeforeItCosts(String request, String why) throws Exception {
    int before = gateway.simulator().requests().size();
    HttpResponse<String> reply = client.post("/api/stream", request);
    assertThat(reply.statusCode()).isEqualTo(400);
    assertThat(reply.body()).contains(why);
    assertThat(gateway.simulator().requests()).hasSize(before);
  }

  @Test
  void aConversationThatIsTooLongIsRefused() throws Exception {
    HttpResponse<String> reply = client.post("/api/stream", question("a".repeat(1001)));
    assertThat(reply.statusCode()).isEqualTo(400);
    assertThat(reply.body()).contains("has 1001 characters, and may have 1000");
  }

  @Test
  void aModelThatIsNotOfferedIsRefused() throws Exception {
    String request = question("Hello").replace("deepseek-v3.2", "gpt-9");
    HttpResponse<String> reply = client.post("/v1/chat/completions", request);
    assertThat(reply.statusCode()).isEqualTo(404);
    assertThat(reply.body()).contains("model_not_found").contains("deepseek-v3.2, gpt-4.1");
  }

  @Test
  void anAnswerThatThereIsNotIsNotFound() throws Exception {
    HttpResponse<String> reply = client.get("/api/stream/0815");
    assertThat(reply.statusCode()).isEqualTo(404);
    assertThat(reply.body()).contains("answer_not_found");
  }
}
