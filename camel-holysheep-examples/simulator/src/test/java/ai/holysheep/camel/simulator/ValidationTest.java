package ai.holysheep.camel.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SimulatorExtension.class)
class ValidationTest {

  private static final String HELLO = "{'role':'user','content':'hi'}";

  private Simulator simulator;
  private Client client;

  @BeforeEach
  void connect(Simulator running) {
    simulator = running;
    client = new Client(running.baseUrl());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "messages | `messages` | missing_required_parameter | {'model':'gpt-4.1'}",
        "model | `model` | missing_required_parameter | {'messages':[HELLO]}",
        "type | model | invalid_type | {'model':7,'messages':[HELLO]}",
        "type | messages | invalid_type | {'model':'gpt-4.1','messages':'hi'}",
        "empty | messages | empty_array | {'model':'gpt-4.1','messages':[]}",
        "type | messages[0] | invalid_type | {'model':'gpt-4.1','messages':['hi']}",
        "role | messages[1].role | invalid_value | {'model':'gpt-4.1','messages':[HELLO,{'role':'boss','content':'x'}]}",
        "role | messages[0].role | missing_required_parameter | {'model':'gpt-4.1','messages':[{'content':'x'}]}",
        "content | messages[0].content | missing_required_parameter | {'model':'gpt-4.1','messages':[{'role':'user'}]}",
        "content | messages[0].content | missing_required_parameter | {'model':'gpt-4.1','messages':[{'role':'assistant','content':null}]}",
        "content | messages[0].content | invalid_type | {'model':'gpt-4.1','messages':[{'role':'user','content':5}]}",
        "content | messages[0].content | invalid_value | {'model':'gpt-4.1','messages':[{'role':'user','content':[]}]}",
        "part | messages[0].content[0].type | invalid_value | {'model':'gpt-4.1','messages':[{'role':'user','content':[{'type':'smell'}]}]}",
        "part | messages[0].content[0].text | missing_required_parameter | {'model':'gpt-4.1','messages':[{'role':'user','content':[{'type':'text'}]}]}",
        "tool | messages[0].tool_call_id | missing_required_parameter | {'model':'gpt-4.1','messages':[{'role':'tool','content':'x'}]}",
      })
  void wrongMessagesAreRefused(String rule, String param, String code, String body) {
    assertInvalid(body, param.strip().replace("`", ""), code);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "n | 0 | integer_below_min_value",
        "n | 129 | integer_above_max_value",
        "n | 1.5 | invalid_type",
        "n | 'two' | invalid_type",
        "temperature | -0.1 | decimal_below_min_value",
        "temperature | 2.1 | decimal_above_max_value",
        "temperature | 'hot' | invalid_type",
        "top_p | 1.1 | decimal_above_max_value",
        "max_tokens | 0 | integer_below_min_value",
        "max_tokens | 99999999999 | integer_above_max_value",
        "max_completion_tokens | 0 | integer_below_min_value",
        "presence_penalty | -2.5 | decimal_below_min_value",
        "frequency_penalty | 2.5 | decimal_above_max_value",
        "stream | 'yes' | invalid_type",
        "stop | ['a','b','c','d','e'] | invalid_value",
        "stop | 5 | invalid_type",
        "stop | [5] | invalid_type",
        "tools | {} | invalid_type",
        "stream_options | {'include_usage':true} | invalid_value",
      },
      quoteCharacter = '`')
  void wrongParametersAreRefused(String name, String value, String code) {
    String body = "{'model':'gpt-4.1','messages':[HELLO],'" + name + "':" + value + "}";
    assertInvalid(body, name, code);
  }

  private void assertInvalid(String body, String param, String code) {
    String sent = body.replace("HELLO", HELLO).replace('\'', '"');
    JsonNode error = error(client.send(client.chat(sent)), 400);
    assertThat(error.path("type").asText()).isEqualTo("invalid_request_error");
    assertThat(error.path("param").asText()).isEqualTo(param);
    assertThat(error.path("code").asText()).isEqualTo(code);
    assertThat(error.path("message").asText()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "null", "{} {}", "hello"})
  void bodiesThatAreNoJsonObjectAreRefused(String body) {
    JsonNode error = error(client.send(client.chat(body)), 400);
    assertThat(error.path("code").asText()).isEqualTo("invalid_json");
    assertThat(error.path("param").isNull()).isTrue();
  }

  @Test
  void unknownModelIsNotFound() {
    ObjectNode request = Client.request("hi").put("model", "gpt-0");
    JsonNode error = error(client.send(client.chat(request.toString())), 404);
    assertThat(error.path("code").asText()).isEqualTo("model_not_found");
    assertThat(error.path("message").asText()).contains("`gpt-0`");
  }

  @Test
  void nullsAndUnknownFieldsAndPartsAndToolTurnsAreAccepted() {
    String body =
        """
        {"model":"gpt-4.1","temperature":null,"n":null,"stop":null,"tools":null,"stream":null,
         "agent_mode":true,"whatever":{"a":[1]},
         "messages":[
          {"role":"developer","content":"Be brief"},
          {"role":"user","content":[{"type":"text","text":"look"},
            {"type":"image_url","image_url":{"url":"data:image/png;base64,AA=="}}]},
          {"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function",
            "function":{"name":"f","arguments":"{}"}}]},
          {"role":"tool","tool_call_id":"c1","content":"42 degrees"}]}
        """;
    HttpResponse<String> response = client.send(client.chat(body));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains("“look”", "“Be brief”", "“42 degrees”");
  }

  @Test
  void contentTypeMustBeJson() {
    HttpRequest.Builder request =
        client.to("/chat/completions").POST(HttpRequest.BodyPublishers.ofString("{}"));
    error(client.send(request.build()), 415);
    error(client.send(request.header("Content-Type", "text/plain").build()), 415);
  }

  @Test
  void wrongMethodNamesTheRightOne() {
    HttpResponse<String> response = client.send(client.to("/chat/completions").GET().build());
    error(response, 405);
    assertThat(response.headers().firstValue("Allow")).contains("POST");
    error(client.send(client.to("/models").DELETE().build()), 405);
  }

  @Test
  void unknownPathIsNotFound() {
    error(client.send(client.to("/embeddings").GET().build()), 404);
  }

  @Test
  void bodyAboveTenMegabytesIsRefused() {
    String body = Client.request("x".repeat(ApiServer.MAX_BODY_BYTES)).toString();
    error(client.send(client.chat(body)), 413);
  }

  @Test
  void bodyJustBelowTenMegabytesIsAccepted() {
    String body = Client.request("x".repeat(ApiServer.MAX_BODY_BYTES - 200)).toString();
    assertThat(client.send(client.chat(body)).statusCode()).isEqualTo(200);
  }

  @Test
  void everyResponseHasItsOwnRequestId() {
    HttpResponse<String> first = client.send(client.to("/models").build());
    HttpResponse<String> second = client.send(client.to("/nowhere").build());
    assertThat(first.headers().firstValue("x-request-id")).isNotEmpty();
    assertThat(second.headers().firstValue("x-request-id"))
        .isNotEmpty()
        .isNotEqualTo(first.headers().firstValue("x-request-id"));
  }

  @Test
  void modelsAreListedAndLookedUp() {
    JsonNode list = Client.json(client.send(client.to("/models").build()).body());
    assertThat(list.path("object").asText()).isEqualTo("list");
    assertThat(list.path("data").findValuesAsText("id"))
        .containsExactly("gpt-4.1", "claude-sonnet-4.5", "gemini-2.5-flash", "deepseek-v3.2");
    JsonNode one = Client.json(client.send(client.to("/models/gpt-4.1").build()).body());
    assertThat(one).isEqualTo(list.path("data").path(0));
    error(client.send(client.to("/models/gpt-0").build()), 404);
  }

  @Test
  void healthNeedsNoKey() {
    URI uri = URI.create("http://127.0.0.1:" + simulator.port() + "/health");
    assertThat(client.send(HttpRequest.newBuilder(uri).build()).statusCode()).isEqualTo(200);
  }

  private static JsonNode error(HttpResponse<String> response, int status) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    JsonNode error = Client.json(response.body()).path("error");
    assertThat(error.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("message", "type", "param", "code");
    return error;
  }
}
