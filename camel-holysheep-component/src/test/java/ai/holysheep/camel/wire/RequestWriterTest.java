package ai.holysheep.camel.wire;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.chat.ChatRequest;
import ai.holysheep.camel.chat.Continuation;
import ai.holysheep.camel.chat.JsonOrText;
import ai.holysheep.camel.chat.Prompt;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestWriterTest {

  private final RequestWriter writer = new RequestWriter();

  @Test
  void requestThatGoesOnHasTheFurtherFieldsThatItsServerWants() {
    Continuation continuation =
        new Continuation(
            Map.of("continue_final_message", new JsonOrText("true")),
            Map.of("prefix", new JsonOrText("true")));
    assertThat(continued("Hi", continuation))
        .contains("\"continue_final_message\":true")
        .contains(
            "[{\"role\":\"user\",\"content\":\"Hi\"},"
                + "{\"role\":\"assistant\",\"content\":\"Hel\",\"prefix\":true}]");
  }

  @Test
  void answerThatTheRequestHasBegunGetsTheFurtherFieldsToo() {
    String prompt = "[{\"role\":\"assistant\",\"content\":\"Oh, \",\"name\":\"x\"}]";
    assertThat(continued(prompt, new Continuation(Map.of(), Map.of("prefix", true))))
        .contains(
            "{\"role\":\"assistant\",\"content\":\"Oh, Hel\",\"name\":\"x\",\"prefix\":true}]");
  }

  @Test
  void furtherFieldsReplaceNeitherTheConversationNorTheKindOfAnswer() {
    Map<String, Object> bad = Map.of("messages", 1, "stream", false, "role", 1, "content", 1);
    assertThat(continued("Hi", new Continuation(bad, bad)))
        .contains("\"stream\":true")
        .contains("\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"},{")
        .contains("\"role\":\"assistant\",\"content\":\"Hel\"");
  }

  private String continued(String prompt, Continuation continuation) {
    Map<String, Object> defaults = Map.of("model", "m");
    ChatRequest request = new ChatRequest(new Prompt.Text(prompt), null, Map.of(), defaults, true);
    WrittenRequest continued = writer.continued(writer.write(request), "Hel", continuation);
    return new String(continued.body(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "'',''",
    "abc,abc",
    "\uD83D\uDE00,\uD83D\uDE00",
    "a\uD83D\uDE00b,a\uD83D\uDE00b",
    "\uD83D\uDE00\uD83D\uDE00,\uD83D\uDE00\uD83D\uDE00"
  })
  void wholeCharactersAreKept(String text, String kept) {
    assertThat(RequestWriter.withoutLoneSurrogates(text)).isEqualTo(kept);
  }

  @Test
  void halfCharactersAreReplacedWhereverTheyStand() {
    String high = "\uD83D";
    String low = "\uDE00";
    assertThat(RequestWriter.withoutLoneSurrogates("a" + high)).isEqualTo("a\uFFFD");
    assertThat(RequestWriter.withoutLoneSurrogates(low + "a")).isEqualTo("\uFFFDa");
    assertThat(RequestWriter.withoutLoneSurrogates(low + high)).isEqualTo("\uFFFD\uFFFD");
    assertThat(RequestWriter.withoutLoneSurrogates(high + high + low))
        .isEqualTo("\uFFFD" + high + low);
    assertThat(RequestWriter.withoutLoneSurrogates(high + low + low))
        .isEqualTo(high + low + "\uFFFD");
  }
}
