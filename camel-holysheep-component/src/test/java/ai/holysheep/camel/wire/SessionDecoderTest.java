package ai.holysheep.camel.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.holysheep.camel.chat.ChoiceDelta;
import ai.holysheep.camel.chat.Chunk;
import ai.holysheep.camel.chat.FrameNames;
import ai.holysheep.camel.chat.OtherMessage;
import ai.holysheep.camel.chat.ToolCallFragment;
import ai.holysheep.camel.error.LimitExceededException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionDecoderTest {

  private final SessionDecoder decoder = new SessionDecoder(FrameNames.USUAL, 100);

  @Test
  void tokensAreText() throws Exception {
    for (String text : new String[] {"Hello", " there", "\\n", "", "\\ud83d\\ude00", "x"}) {
      Chunk chunk = decode("{\"type\":\"token\",\"content\":\"" + text + "\"}");
      assertThat(delta(chunk).text())
          .isEqualTo(text.replace("\\n", "\n").replace("\\ud83d\\ude00", "\ud83d\ude00"));
      assertThat(chunk.last()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"type\":\"token\"}", "{\"type\":\"token\",\"content\":null}"})
  void aTokenWithoutTextIsNone(String frame) throws Exception {
    assertThat(delta(decode(frame)).hasContent()).isFalse();
  }

  @Test
  void reasoningIsNoText() throws Exception {
    ChoiceDelta delta = delta(decode("{\"type\":\"reasoning\",\"content\":\"hm\"}"));
    assertThat(delta.reasoning()).isEqualTo("hm");
    assertThat(delta.text()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"tool_call\",\"id\":\"c1\",\"name\":\"f\",\"arguments\":\"{\\\"a\\\":1}\"}",
        "{\"type\":\"tool_call\",\"id\":\"c1\",\"name\":\"f\",\"arguments\":{\"a\":1}}",
        "{\"type\":\"tool_call\",\"call_id\":\"c1\",\"tool\":\"f\",\"input\":{\"a\":1}}",
        "{\"type\":\"tool_call\",\"tool_call\":{\"id\":\"c1\",\"function\":{\"name\":\"f\","
            + "\"arguments\":\"{\\\"a\\\":1}\"}}}"
      })
  void aToolCallIsWhole(String frame) throws Exception {
    assertThat(delta(decode(frame)).toolCalls())
        .containsExactly(new ToolCallFragment(null, "c1", "f", "{\"a\":1}", true));
  }

  @Test
  void usageIsRead() throws Exception {
    Chunk chunk =
        decode("{\"type\":\"usage\",\"usage\":{\"completion_tokens\":7,\"prompt_tokens\":3}}");
    assertThat(chunk.usage()).isNotNull();
    assertThat(chunk.usage().completionTokens()).isEqualTo(7);
    assertThat(decode("{\"type\":\"usage\",\"completion_tokens\":8}").usage().completionTokens())
        .isEqualTo(8);
  }

  @Test
  void doneIsTheEnd() throws Exception {
    Chunk chunk = decode("{\"type\":\"done\",\"finish_reason\":\"stop\"}");
    assertThat(chunk.last()).isTrue();
    assertThat(delta(chunk).finishReason()).isEqualTo("stop");
    assertThat(decode("{\"type\":\"done\"}").last()).isTrue();
    assertThat(decode("{\"type\":\"done\",\"usage\":{\"completion_tokens\":2}}").usage())
        .isNotNull();
  }

  @Test
  void anErrorIsOne() throws Exception {
    Chunk chunk =
        decode("{\"type\":\"error\",\"error\":{\"message\":\"too much\",\"code\":\"busy\"}}");
    assertThat(chunk.error()).isNotNull();
    assertThat(chunk.error().message()).isEqualTo("too much");
    assertThat(decode("{\"type\":\"error\",\"message\":\"too much\"}").error().message())
        .isEqualTo("too much");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TOKEN", "session.created", "ping"})
  void otherTypesArePassedOn(String type) throws Exception {
    Chunk chunk = decode("{\"type\": \"" + type + "\", \"content\": [1, {\"a\":null}]}");
    assertThat(chunk.other())
        .isEqualTo(
            new OtherMessage(type, "{\"type\":\"" + type + "\",\"content\":[1,{\"a\":null}]}"));
  }

  @Test
  void chunksOfAChatCompletionAreRead() throws Exception {
    assertThat(delta(decode("{\"choices\":[{\"delta\":{\"content\":\"a\"}}]}")).text())
        .isEqualTo("a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "7", "[]", "{", "{\"content\":\"a\"}", "{\"type\":7}", "nonsense"})
  void whatSaysNothingIsUnreadable(String frame) {
    assertThatExceptionOfType(UnreadableException.class).isThrownBy(() -> decode(frame));
  }

  @Test
  void nestingHasALimit() {
    String deep = "{\"type\":\"x\",\"a\":" + "[".repeat(200) + "]".repeat(200) + "}";
    assertThatExceptionOfType(LimitExceededException.class).isThrownBy(() -> decode(deep));
  }

  @Test
  void theServersNamesCount() throws Exception {
    SessionDecoder named =
        new SessionDecoder(new FrameNames(Map.of("token", "delta", "done", "finished")), 100);
    assertThat(delta(decode(named, "{\"type\":\"delta\",\"content\":\"a\"}")).text())
        .isEqualTo("a");
    assertThat(decode(named, "{\"type\":\"finished\"}").last()).isTrue();
  }

  private Chunk decode(String frame) throws UnreadableException {
    return decode(decoder, frame);
  }

  private static Chunk decode(SessionDecoder with, String frame) throws UnreadableException {
    byte[] bytes = frame.getBytes(StandardCharsets.UTF_8);
    return with.decode(bytes, 0, bytes.length);
  }

  private static ChoiceDelta delta(Chunk chunk) {
    assertThat(chunk.choices()).hasSize(1);
    return chunk.choices().get(0);
  }
}
