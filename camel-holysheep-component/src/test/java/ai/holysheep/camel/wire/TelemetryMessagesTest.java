package ai.holysheep.camel.wire;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.chat.Choice;
import ai.holysheep.camel.chat.FinishReason;
import ai.holysheep.camel.chat.ToolCall;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Conversations in OpenTelemetry's form. */
class TelemetryMessagesTest {

  @Test
  void everyKindOfMessageIsTold() {
    assertThat(
            input(
                """
                {"model":"m","messages":[
                 {"role":"system","content":"Be brief."},
                 {"role":"user","content":[{"type":"text","text":"What is this?"},
                   {"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]},
                 {"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function",
                   "function":{"name":"look","arguments":"{\\"at\\":1}"}}]},
                 {"role":"tool","tool_call_id":"c1","content":"a sheep"}]}"""))
        .isEqualTo(
            "[{\"role\":\"system\",\"parts\":[{\"type\":\"text\",\"content\":\"Be brief.\"}]},"
                + "{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"What is this?\"},"
                + "{\"type\":\"image_url\"}]},"
                + "{\"role\":\"assistant\",\"parts\":[{\"type\":\"tool_call\",\"id\":\"c1\","
                + "\"name\":\"look\",\"arguments\":{\"at\":1}}]},"
                + "{\"role\":\"tool\",\"parts\":[{\"type\":\"tool_call_response\",\"id\":\"c1\","
                + "\"response\":\"a sheep\"}]}]");
  }

  @Test
  void requestWithoutMessagesIsEmpty() {
    assertThat(input("{\"model\":\"m\"}")).isEqualTo("[]");
  }

  @Test
  void everyAnswerIsTold() {
    ToolCall whole = new ToolCall("c1", "look", "{\"at\":1}", true);
    ToolCall cut = new ToolCall(null, "look", "{\"at", false);
    ChatAnswer answer =
        new ChatAnswer(
            "s",
            "r",
            "m",
            List.of(
                new Choice(0, "Hi", "why", List.of(), FinishReason.STOP, "stop"),
                new Choice(1, "", "", List.of(whole, cut), FinishReason.LENGTH, "length")),
            null);
    assertThat(TelemetryMessages.output(answer))
        .isEqualTo(
            "[{\"role\":\"assistant\",\"parts\":[{\"type\":\"reasoning\",\"content\":\"why\"},"
                + "{\"type\":\"text\",\"content\":\"Hi\"}],\"finish_reason\":\"stop\"},"
                + "{\"role\":\"assistant\",\"parts\":[{\"type\":\"tool_call\",\"id\":\"c1\","
                + "\"name\":\"look\",\"arguments\":{\"at\":1}},{\"type\":\"tool_call\",\"id\":null,"
                + "\"name\":\"look\",\"arguments\":\"{\\\"at\"}],\"finish_reason\":\"length\"}]");
  }

  private static String input(String json) {
    return TelemetryMessages.input(
        new WrittenRequest(json.getBytes(StandardCharsets.UTF_8), "m", 0, 1, true));
  }
}
