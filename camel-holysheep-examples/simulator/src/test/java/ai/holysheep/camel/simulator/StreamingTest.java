package ai.holysheep.camel.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StreamingTest {

  @RegisterExtension static final SimulatorExtension SIMULATOR = new SimulatorExtension();

  private final Client client = new Client(SIMULATOR.baseUrl());

  @Test
  void eventsComeInTheDocumentedOrder() {
    List<JsonNode> chunks = client.chunks(Client.streaming("Hello"));
    int last = chunks.size() - 1;
    JsonNode first = chunks.get(0).at("/choices/0");
    assertThat(first.path("delta").toString())
        .isEqualTo("{\"role\":\"assistant\",\"content\":\"\"}");
    for (JsonNode chunk : chunks.subList(1, last - 1)) {
      assertThat(chunk.at("/choices/0/delta/content").asText()).isNotEmpty();
      assertThat(chunk.at("/choices/0/finish_reason").isNull()).isTrue();
      assertThat(chunk.path("usage").isNull()).isTrue();
    }
    JsonNode finish = chunks.get(last - 1).at("/choices/0");
    assertThat(finish.path("delta").isEmpty()).isTrue();
    assertThat(finish.path("finish_reason").asText()).isEqualTo("stop");
    assertThat(chunks.get(last).path("choices").isEmpty()).isTrue();
    assertThat(chunks.get(last).at("/usage/completion_tokens").asInt()).isEqualTo(last - 2);
    assertThat(chunks).allSatisfy(chunk -> assertSameAnswer(chunk, chunks.get(0)));
  }

  private static void assertSameAnswer(JsonNode chunk, JsonNode first) {
    assertThat(chunk.path("id")).isEqualTo(first.path("id"));
    assertThat(chunk.path("model").asText()).isEqualTo("deepseek-v3.2");
    assertThat(chunk.path("object").asText()).isEqualTo("chat.completion.chunk");
    assertThat(chunk.path("created")).isEqualTo(first.path("created"));
  }

  @Test
  void headersAnnounceAnEventStream() {
    HttpResponse<Stream<String>> response = client.open(Client.streaming("Hello"));
    assertThat(response.headers().firstValue("Content-Type"))
        .contains("text/event-stream; charset=utf-8");
    assertThat(response.headers().firstValue("Cache-Control")).contains("no-cache");
    assertThat(response.headers().firstValue("x-request-id")).isPresent();
    assertThat(response.body()).last().isEqualTo("");
  }

  @Test
  void withoutTheOptionThereIsNoUsage() {
    List<JsonNode> chunks = client.chunks(Client.request("Hello").put("stream", true));
    assertThat(chunks).noneMatch(chunk -> chunk.has("usage"));
    assertThat(chunks.get(chunks.size() - 1).at("/choices/0/finish_reason").asText())
        .isEqualTo("stop");
  }

  @Test
  void streamedAndWholeAnswersAreTheSame() {
    List<JsonNode> chunks = client.chunks(Client.streaming("What is a naïve café?"));
    JsonNode whole = client.ask(Client.request("What is a naïve café?"));
    assertThat(Client.joined(chunks, 0, "content")).isEqualTo(Client.content(whole));
    assertThat(chunks.get(chunks.size() - 1).path("usage")).isEqualTo(whole.path("usage"));
    assertThat(whole.path("object").asText()).isEqualTo("chat.completion");
    assertThat(whole.at("/choices/0/message/role").asText()).isEqualTo("assistant");
    assertThat(whole.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
  }

  @Test
  void answersDependOnThePromptAndTheInstructionOnly() {
    String answer = Client.content(client.ask(Client.request("Hello")));
    assertThat(Client.content(client.ask(Client.request("Hello")))).isEqualTo(answer);
    assertThat(Client.content(client.ask(Client.request("Good bye")))).isNotEqualTo(answer);
    ObjectNode instructed = Client.request("Hello");
    instructed.withArray("messages").insertObject(0).put("role", "system").put("content", "Bark");
    assertThat(Client.content(client.ask(instructed))).isNotEqualTo(answer).contains("“Bark”");
    assertThat(answer).contains("“Hello”");
  }

  @Test
  void longPromptsThatDifferAtTheEndHaveDifferentAnswers() {
    String prompt = "a very long prompt ".repeat(20);
    assertThat(Client.content(client.ask(Client.request(prompt + "1"))))
        .isNotEqualTo(Client.content(client.ask(Client.request(prompt + "2"))));
  }

  @Test
  void answersAreOfTheUsualLengthAndNotAllAscii() {
    for (String prompt : List.of("Hello", "Why?", "Tell me of sheep", "x".repeat(500), "")) {
      JsonNode whole = client.ask(Client.request(prompt));
      assertThat(whole.at("/usage/completion_tokens").asInt()).as(prompt).isBetween(60, 130);
      assertThat(Client.content(whole)).containsPattern("[^\\x00-\\x7f]").endsWith("🐑");
    }
  }

  @Test
  void usageAddsUp() {
    JsonNode usage = client.ask(Client.request("one two three").put("n", 2)).path("usage");
    assertThat(usage.path("prompt_tokens").asInt()).isEqualTo(4 + 3);
    assertThat(usage.path("total_tokens").asInt())
        .isEqualTo(7 + usage.path("completion_tokens").asInt());
    assertThat(usage.at("/prompt_tokens_details/cached_tokens").asInt(-1)).isZero();
    assertThat(usage.at("/completion_tokens_details/reasoning_tokens").asInt(-1)).isZero();
  }

  @Test
  void maxTokensEndsWithLength() {
    List<JsonNode> chunks = client.chunks(Client.streaming("Hello").put("max_tokens", 3));
    assertThat(chunks).hasSize(1 + 3 + 1 + 1);
    assertThat(chunks.get(4).at("/choices/0/finish_reason").asText()).isEqualTo("length");
    assertThat(chunks.get(5).at("/usage/completion_tokens").asInt()).isEqualTo(3);
  }

  @Test
  void stopSequenceEndsTheTextBeforeIt() {
    JsonNode whole = client.ask(Client.request("[[echo]]one two three").put("stop", " three"));
    assertThat(Client.content(whole)).isEqualTo("one two");
    assertThat(whole.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
  }

  @Test
  void choicesAreInterleavedAndEqualTheWholeOnes() {
    List<JsonNode> chunks = client.chunks(Client.streaming("Hello").put("n", 3));
    JsonNode whole = client.ask(Client.request("Hello").put("n", 3));
    assertThat(whole.path("choices")).hasSize(3);
    for (int i = 0; i < 3; i++) {
      assertThat(Client.joined(chunks, i, "content"))
          .isEqualTo(whole.at("/choices/" + i + "/message/content").asText())
          .isNotEmpty();
    }
    assertThat(chunks.subList(0, 6).stream().map(c -> c.at("/choices/0/index").asInt()))
        .containsExactly(0, 1, 2, 0, 1, 2);
    assertThat(Client.joined(chunks, 0, "content"))
        .isNotEqualTo(Client.joined(chunks, 1, "content"));
    assertThat(chunks.stream().filter(c -> c.at("/choices/0/finish_reason").isTextual()))
        .hasSize(3);
  }

  @Test
  void hundredThousandTokensArriveComplete() {
    List<JsonNode> chunks = client.chunks(Client.streaming("[[tokens=100000]]"));
    assertThat(chunks).hasSize(100_000 + 3);
    assertThat(chunks.get(chunks.size() - 1).at("/usage/completion_tokens").asInt())
        .isEqualTo(100_000);
    JsonNode whole = client.ask(Client.request("[[tokens=100000]]"));
    assertThat(Client.joined(chunks, 0, "content")).isEqualTo(Client.content(whole));
  }
}
