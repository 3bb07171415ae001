package ai.holysheep.camel.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DirectivesTest {

  @RegisterExtension static final SimulatorExtension SIMULATOR = new SimulatorExtension();

  private final Client client = new Client(SIMULATOR.baseUrl());

  @Test
  void tokensSetsTheExactNumber() {
    for (int tokens : List.of(0, 1, 7, 500)) {
      List<JsonNode> chunks = client.chunks(Client.streaming("Hi [[tokens=" + tokens + "]]"));
      assertThat(chunks).hasSize(tokens + 3);
    }
  }

  @Test
  void echoSendsTheRestBackToTheCharacter() {
    String text =
        " two  spaces\n\ttab \"quotes\" \\ 羊🐑 👨‍👩‍👧 e\u0301 \u0001 [[tokens=5]] longestwordimaginable ";
    List<JsonNode> chunks = client.chunks(Client.streaming("ignored [[echo]]" + text));
    assertThat(Client.joined(chunks, 0, "content")).isEqualTo(text);
    assertThat(chunks.size()).isGreaterThan(15);
  }

  @Test
  void reasoningComesFirstAndIsCounted() {
    List<JsonNode> chunks = client.chunks(Client.streaming("Why? [[reasoning=7]]"));
    JsonNode whole = client.ask(Client.request("Why? [[reasoning=7]]"));
    assertThat(Client.deltas(chunks, 0).skip(1).limit(7))
        .allMatch(delta -> delta.has("reasoning_content") && !delta.has("content"));
    assertThat(Client.joined(chunks, 0, "reasoning_content"))
        .isEqualTo(whole.at("/choices/0/message/reasoning_content").asText());
    assertThat(Client.joined(chunks, 0, "content")).isEqualTo(Client.content(whole));
    assertThat(whole.at("/usage/completion_tokens_details/reasoning_tokens").asInt()).isEqualTo(7);
  }

  @Test
  void toolCallComesInFragments() {
    ObjectNode request = withTool(Client.streaming("Weather? [[tool=get_weather]]"));
    List<JsonNode> chunks = client.chunks(request);
    List<JsonNode> calls =
        Client.deltas(chunks, 0)
            .map(d -> d.at("/tool_calls/0"))
            .filter(JsonNode::isObject)
            .toList();
    assertThat(calls.get(0).at("/function/name").asText()).isEqualTo("get_weather");
    assertThat(calls.get(0).path("id").asText()).startsWith("call_");
    assertThat(calls.size()).isGreaterThan(4);
    String arguments =
        calls.stream().map(c -> c.at("/function/arguments").asText()).collect(Collectors.joining());
    assertThat(Client.json(arguments).path("city").asText()).isEqualTo("Weather?");
    assertThat(Client.json(arguments).path("unit").asText()).isEqualTo("celsius");
    assertThat(chunks.get(chunks.size() - 2).at("/choices/0/finish_reason").asText())
        .isEqualTo("tool_calls");
  }

  @Test
  void toolCallsOfAWholeAnswerHaveTheGivenArguments() {
    String prompt =
        "[[tool=get_weather {\"city\":\"Zürich\"}]][[tool=get_weather {\"city\":\"Rome\"}]]";
    JsonNode whole = client.ask(withTool(Client.request(prompt)));
    JsonNode message = whole.at("/choices/0/message");
    assertThat(message.path("content").isNull()).isTrue();
    assertThat(message.path("tool_calls")).hasSize(2);
    assertThat(message.at("/tool_calls/0/function/arguments").asText())
        .isEqualTo("{\"city\":\"Zürich\"}");
    assertThat(message.at("/tool_calls/1/function/arguments").asText())
        .isEqualTo("{\"city\":\"Rome\"}");
    assertThat(whole.at("/choices/0/finish_reason").asText()).isEqualTo("tool_calls");
  }

  @Test
  void onceTheToolHasAnsweredTheReplyIsText() {
    ObjectNode request = withTool(Client.request("[[tool=get_weather]]"));
    request
        .withArray("messages")
        .addObject()
        .put("role", "tool")
        .put("tool_call_id", "call_sim_0_0")
        .put("content", "rain");
    assertThat(Client.content(client.ask(request))).contains("“rain”");
  }

  @Test
  void aToolThatIsNotOfferedIsRefused() {
    assertRefused("[[tool=get_weather]]", 400, "invalid_directive");
  }

  @Test
  void statusAnswersWithAnError() {
    HttpResponse<String> limited = assertRefused("[[status=429]]", 429, "rate_limit_exceeded");
    assertThat(limited.headers().firstValue("Retry-After")).contains("1");
    assertRefused("[[status=429:insufficient_quota]]", 429, "insufficient_quota");
    HttpResponse<String> failed = assertRefused("[[status=500]]", 500, "null");
    assertThat(failed.body()).contains("server_error");
  }

  @Test
  void htmlAnswersLikeAProxy() {
    HttpResponse<String> response = client.send(client.chat(Client.request("[[html]]").toString()));
    assertThat(response.statusCode()).isEqualTo(502);
    assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
    assertThat(response.body()).startsWith("<html>");
  }

  @Test
  void malformedEventIsInTheMiddleOfAGoodStream() {
    List<String> data = client.data(Client.streaming("[[echo-not]][[malformed=2]]"));
    assertThatThrownBy(() -> Client.json(data.get(3))).isNotNull();
    assertThat(data).last().isEqualTo("[DONE]");
  }

  @Test
  void errorEventEndsTheStreamWithoutDone() {
    List<String> data = client.data(Client.streaming("[[error=2]]"));
    assertThat(data).hasSize(4);
    assertThat(Client.json(data.get(3)).at("/error/type").asText()).isEqualTo("server_error");
  }

  @Test
  void timesLetsThePromptSucceedAfterwards() {
    assertRefused("once [[status=503]][[times=1]]", 503, "overloaded");
    assertThat(client.ask(Client.request("once [[status=503]][[times=1]]")).has("choices"))
        .isTrue();
  }

  @Test
  void piecesDoNotChangeTheText() {
    List<JsonNode> chunks = client.chunks(Client.streaming("[[pieces=1]][[echo]]羊🐑 and more"));
    assertThat(Client.joined(chunks, 0, "content")).isEqualTo("羊🐑 and more");
  }

  @Test
  void anAssistantPrefixIsContinued() {
    ObjectNode request = Client.request("[[echo]]one two three four");
    request.withArray("messages").addObject().put("role", "assistant").put("content", "one tw");
    assertThat(Client.content(client.ask(request))).isEqualTo("o three four");
  }

  @Test
  void senselessValuesAreRefusedAndUnknownNamesLeftAlone() {
    assertRefused("[[tokens=many]]", 400, "invalid_directive");
    assertRefused("[[tokens]]", 400, "invalid_directive");
    assertRefused("[[tokens=999999]][[reasoning]]", 400, "invalid_directive");
    assertRefused("[[status=200]]", 400, "invalid_directive");
    assertThat(Client.content(client.ask(Client.request("[[colour=red]] x"))))
        .contains("“[[colour=red]] x”");
  }

  private HttpResponse<String> assertRefused(String prompt, int status, String code) {
    HttpResponse<String> response = client.send(client.chat(Client.request(prompt).toString()));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(Client.json(response.body()).at("/error/code").asText()).isEqualTo(code);
    return response;
  }

  private static ObjectNode withTool(ObjectNode request) {
    String tool =
        """
        {"type":"function","function":{"name":"get_weather","parameters":{"type":"object",
         "properties":{"city":{"type":"string"},"unit":{"type":"string","enum":["celsius"]},
         "days":{"type":"integer"}}}}}
        """;
    request.putArray("tools").add(Client.json(tool));
    return request;
  }
}
