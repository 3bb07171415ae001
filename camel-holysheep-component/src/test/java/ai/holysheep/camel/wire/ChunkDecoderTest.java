package ai.holysheep.camel.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.holysheep.camel.chat.ChoiceDelta;
import ai.holysheep.camel.chat.Chunk;
import ai.holysheep.camel.chat.ProviderError;
import ai.holysheep.camel.chat.ToolCallFragment;
import ai.holysheep.camel.error.LimitExceededException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkDecoderTest {

  private final ChunkDecoder decoder = new ChunkDecoder();

  @Test
  void textIsReadAsItIs() throws Exception {
    assertThat(delta("{\"content\":\" a\\n\"}").text()).isEqualTo(" a\n");
    assertThat(delta("{\"content\":\"\"}").text()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"content\":null}",
        "{\"role\":\"assistant\"}",
        "{\"content\":{\"a\":1}}",
        "{\"content\":[1]}",
        "null",
        "7"
      })
  void deltaWithoutTextHasNone(String delta) throws Exception {
    ChoiceDelta read = delta(delta);
    assertThat(read.text()).isNull();
    assertThat(read.reasoning()).isNull();
    assertThat(read.toolCalls()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1,1",
    "'\"2\"',2",
    "3.0,3",
    "-1,0",
    "99999999999999999999,0",
    "4294967296,0",
    "null,0"
  })
  void choiceIndexIsReadHoweverItIsWritten(String written, int index) throws Exception {
    Chunk chunk = decode("{\"choices\":[{\"delta\":{},\"index\":" + written + "}]}");
    assertThat(chunk.choices().get(0).index()).isEqualTo(index);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"choices\":null}",
        "{\"choices\":{}}",
        "{\"choices\":\"none\"}",
        "{\"choices\":[]}",
        "{\"choices\":[null,1,[{}]]}"
      })
  void chunkWithoutChoicesIsNoFault(String json) throws Exception {
    assertThat(decode(json).choices()).isEmpty();
  }

  @Test
  void unknownFieldsArePassedOver() throws Exception {
    Chunk chunk =
        decode(
            "{\"x\":{\"choices\":[1]},\"choices\":[{\"y\":[[]],\"delta\":{\"z\":{\"content\":\"no\"},"
                + "\"content\":\"yes\"},\"logprobs\":null}],\"service_tier\":\"default\"}");
    assertThat(chunk.choices()).extracting(ChoiceDelta::text).containsExactly("yes");
  }

  @Test
  void severalChoicesKeepTheirOrder() throws Exception {
    Chunk chunk =
        decode(
            "{\"choices\":[{\"index\":1,\"delta\":{\"content\":\"b\"}},"
                + "{\"index\":0,\"delta\":{\"content\":\"a\"}}]}");
    assertThat(chunk.choices()).extracting(ChoiceDelta::text).containsExactly("b", "a");
  }

  @Test
  void messageOfAWholeAnswerIsReadLikeADelta() throws Exception {
    Chunk chunk =
        decode("{\"choices\":[{\"message\":{\"content\":\"all\"},\"finish_reason\":\"stop\"}]}");
    assertThat(chunk.choices().get(0).text()).isEqualTo("all");
    assertThat(chunk.choices().get(0).finishReason()).isEqualTo("stop");
  }

  @Test
  void finishReasonIsTheServersWord() throws Exception {
    assertThat(decode("{\"choices\":[{\"finish_reason\":null}]}").choices().get(0).finishReason())
        .isNull();
    assertThat(
            decode("{\"choices\":[{\"finish_reason\":\"EOS\"}]}").choices().get(0).finishReason())
        .isEqualTo("EOS");
  }

  @Test
  void reasoningHasTwoNamesAndIsReadOnce() throws Exception {
    assertThat(delta("{\"reasoning_content\":\"a\"}").reasoning()).isEqualTo("a");
    assertThat(delta("{\"reasoning\":\"b\"}").reasoning()).isEqualTo("b");
    assertThat(delta("{\"reasoning\":\"c\",\"reasoning_content\":\"c\"}").reasoning())
        .isEqualTo("c");
    assertThat(delta("{\"reasoning\":\"d\",\"reasoning_content\":null}").reasoning())
        .isEqualTo("d");
  }

  @Test
  void toolCallFragmentsAreReadWithAndWithoutIndex() throws Exception {
    ChoiceDelta delta =
        delta(
            "{\"tool_calls\":[{\"index\":1,\"id\":\"c1\",\"type\":\"function\",\"function\":"
                + "{\"name\":\"f\",\"arguments\":\"{\\\"a\\\"\"}},"
                + "{\"function\":{\"arguments\":\":1}\"}},null]}");
    assertThat(delta.toolCalls())
        .containsExactly(
            new ToolCallFragment(1, "c1", "f", "{\"a\""),
            new ToolCallFragment(null, null, null, ":1}"));
  }

  @Test
  void functionCallOfOldServersIsTheFirstToolCall() throws Exception {
    assertThat(delta("{\"function_call\":{\"name\":\"f\",\"arguments\":\"{}\"}}").toolCalls())
        .containsExactly(new ToolCallFragment(0, null, "f", "{}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"content\":\"a\",\"function_call\":null,\"tool_calls\":null}",
        "{\"content\":\"a\",\"tool_calls\":[],\"function_call\":null}",
        "{\"content\":\"a\",\"function_call\":\"none\"}"
      })
  void fieldsThatAreNullAreNoToolCall(String delta) throws Exception {
    assertThat(delta(delta).toolCalls()).isEmpty();
  }

  @Test
  void functionCallThatIsNullDoesNotHideToolCalls() throws Exception {
    assertThat(delta("{\"tool_calls\":[{\"id\":\"c1\"}],\"function_call\":null}").toolCalls())
        .containsExactly(new ToolCallFragment(null, "c1", null, null));
  }

  @Test
  void contentMayBeAListOfParts() throws Exception {
    ChoiceDelta delta =
        delta(
            "{\"content\":[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\"hm\"}]},"
                + "{\"type\":\"text\",\"text\":\"Hel\"},\"lo\",{\"type\":\"image_url\",\"image_url\":{}}]}");
    assertThat(delta.text()).isEqualTo("Hello");
    assertThat(delta.reasoning()).isEqualTo("hm");
  }

  @Test
  void emptyListOfPartsHasNoText() throws Exception {
    assertThat(delta("{\"content\":[]}").text()).isNull();
  }

  @Test
  void argumentsThatAreAnObjectBecomeItsText() throws Exception {
    ChoiceDelta delta =
        delta(
            "{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\","
                + "\"arguments\":{\"city\":\"Köln\",\"n\":[1,2]}}}]}");
    assertThat(delta.toolCalls().get(0).arguments()).isEqualTo("{\"city\":\"Köln\",\"n\":[1,2]}");
  }

  @Test
  void numbersInArgumentsKeepTheirDigits() throws Exception {
    String numbers = "{\"a\":1.10,\"b\":1e400,\"c\":123456789012345678901234567890}";
    ChoiceDelta delta =
        delta("{\"tool_calls\":[{\"function\":{\"name\":\"f\",\"arguments\":" + numbers + "}}]}");
    assertThat(delta.toolCalls().get(0).arguments()).isEqualTo(numbers);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'x':%s}",
        "{'choices':[{'delta':{'tool_calls':[{'function':{'arguments':{'x':%s}}}]}}]}"
      })
  void messageThatIsNestedTooDeeplyIsRefusedByTheNameOfTheOption(String json) throws Exception {
    String around = json.replace('\'', '"');
    ChunkDecoder shallow = new ChunkDecoder(20);
    decode(shallow, around.formatted("[".repeat(10) + "]".repeat(10)));
    assertThatExceptionOfType(LimitExceededException.class)
        .isThrownBy(() -> decode(shallow, around.formatted("[".repeat(30) + "]".repeat(30))))
        .withMessage("a message is nested more than 20 deep (option 'maxJsonDepth')");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'x':|}",
        "{'choices':[{'delta':{'tool_calls':[{'function':{'arguments':{'x':|}}}]}}]}",
        "{'choices':[{'delta':{'content':[{'thinking':|}]}}]}",
        "{'error':{'message':|}}",
        "{'error':{'detail':|}}"
      })
  void depthThatIsAllowedNeedsNoDeepStack(String json) throws Exception {
    String around = json.replace('\'', '"');
    ChunkDecoder deep = new ChunkDecoder(1_000_000);
    decode(deep, around.replace("|", "[".repeat(100_000) + "]".repeat(100_000)));
    for (String name : List.of("error", "detail", "thinking")) {
      String open = "{\"" + name + "\":[";
      String nested = open.repeat(50_000) + "]}".repeat(50_000);
      decode(deep, around.replace("|", nested));
      decode(
          deep,
          around.replace("|", nested.replace("[", "").replace("]}", "}").replace(":}", ":1}")));
    }
  }

  @Test
  void numberThatNobodyCanReadMakesTheMessageUnreadable() {
    assertThatExceptionOfType(UnreadableException.class)
        .isThrownBy(() -> decode("{\"created\":" + "1".repeat(2000) + "}"));
  }

  @Test
  void errorIsReadAsObjectAndAsText() throws Exception {
    assertThat(
            decode("{\"error\":{\"message\":\"m\",\"type\":\"t\",\"code\":502,\"param\":\"p\"}}")
                .error())
        .isEqualTo(new ProviderError("m", "t", "502", "p"));
    assertThat(decode("{\"error\":\"broken\"}").error())
        .isEqualTo(new ProviderError("broken", null, null, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "false", "\"\"", "{}", "{\"message\":\"\"}"})
  void errorThatSaysNothingIsNone(String error) throws Exception {
    Chunk chunk = decode("{\"error\":" + error + ",\"choices\":[{\"delta\":{\"content\":\"a\"}}]}");
    assertThat(chunk.error()).isNull();
    assertThat(chunk.choices().get(0).text()).isEqualTo("a");
  }

  @Test
  void bytesThatAreNoUtf8BecomeReplacementCharacters() throws Exception {
    byte[] json =
        "{\"choices\":[{\"delta\":{\"content\":\"a?b\"}}]}".getBytes(StandardCharsets.UTF_8);
    json[new String(json, StandardCharsets.UTF_8).indexOf('?')] = (byte) 0xC3;
    assertThat(decoder.decode(json, 0, json.length).choices().get(0).text()).isEqualTo("a\uFFFDb");
  }

  @Test
  void onlyTheGivenPartOfTheArrayIsRead() throws Exception {
    byte[] padded = "xx{\"id\":\"r\"}yy".getBytes(StandardCharsets.UTF_8);
    assertThat(decoder.decode(padded, 2, padded.length - 4).responseId()).isEqualTo("r");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "confidential",
        "\"confidential\"",
        "[{\"confidential\":1}",
        "{\"id\":\"a\"}{\"confidential\"",
        "{\"confidential\"",
        "{\"choices\":[{\"delta\":{\"content\":\"confidential",
        "{\"choices\":[{\"delta\":{\"content\":\"confidential\"}}]",
        "{\"choices\":[{\"delta\":confidential}]}"
      })
  void whatIsNoWholeObjectIsUnreadableAndNotRepeated(String data) {
    assertThatExceptionOfType(UnreadableException.class)
        .isThrownBy(() -> decode(data))
        .withMessageNotContaining("confidential");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"x\":", "{\"error\":", "{\"choices\":"})
  void deepNestingIsRefusedAndNoStackOverflow(String start) {
    String deep = start + "[".repeat(5000) + "]".repeat(5000) + "}";
    assertThatExceptionOfType(LimitExceededException.class).isThrownBy(() -> decode(deep));
    String errors = "{\"error\":".repeat(5000) + "1" + "}".repeat(5000);
    assertThatExceptionOfType(LimitExceededException.class).isThrownBy(() -> decode(errors));
  }

  @Test
  void lastOfTwoEqualKeysCounts() throws Exception {
    assertThat(delta("{\"content\":\"a\",\"content\":\"b\"}").text()).isEqualTo("b");
  }

  @Test
  void idAndModelAreTheSameStringsInEveryChunk() throws Exception {
    Chunk first = decode("{\"id\":\"resp-1\",\"model\":\"m-1\"}");
    Chunk second = decode("{\"id\":\"resp-1\",\"model\":\"m-2\"}");
    assertThat(second.responseId()).isEqualTo("resp-1").isSameAs(first.responseId());
    assertThat(second.model()).isEqualTo("m-2");
  }

  @Test
  void nothingOfOneChunkStaysInTheNext() throws Exception {
    decode("{\"choices\":[{}],\"usage\":{\"total_tokens\":1},\"error\":\"e\"}");
    Chunk next = decode("{}");
    assertThat(next.choices()).isEmpty();
    assertThat(next.usage()).isNull();
    assertThat(next.error()).isNull();
  }

  private ChoiceDelta delta(String delta) throws UnreadableException {
    return decode("{\"choices\":[{\"index\":0,\"delta\":" + delta + "}]}").choices().get(0);
  }

  private Chunk decode(String json) throws UnreadableException {
    return decode(decoder, json);
  }

  private static Chunk decode(ChunkDecoder decoder, String json) throws UnreadableException {
    byte[] data = json.getBytes(StandardCharsets.UTF_8);
    return decoder.decode(data, 0, data.length);
  }
}
