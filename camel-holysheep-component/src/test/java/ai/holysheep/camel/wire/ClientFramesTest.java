package ai.holysheep.camel.wire;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.chat.FrameNames;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClientFramesTest {

  private static final Instant AT = Instant.ofEpochMilli(1_764_200_000_123L);

  private final ClientFrames frames = new ClientFrames(FrameNames.USUAL);

  record Order(int number, List<String> items) {}

  @Test
  void anEventHasTypePayloadAndTimestamp() {
    assertThat(frames.write("user_input", ClientPayload.of("Hi"), AT))
        .isEqualTo(
            "{\"type\":\"user_input\",\"payload\":{\"content\":\"Hi\"},\"timestamp\":1764200000123}");
  }

  @Test
  void bodiesBecomeObjects() {
    assertThat(payload(ClientPayload.of(Map.of("a", 1)))).isEqualTo("{\"a\":1}");
    assertThat(payload(ClientPayload.of("{\"a\": 1}"))).isEqualTo("{\"a\":1}");
    assertThat(payload(ClientPayload.of(new Order(7, List.of("x")))))
        .isEqualTo("{\"number\":7,\"items\":[\"x\"]}");
    assertThat(payload(ClientPayload.of("{no JSON}"))).isEqualTo("{\"content\":\"{no JSON}\"}");
    assertThat(payload(ClientPayload.of(7))).isEqualTo("{\"content\":7}");
    assertThat(payload(ClientPayload.empty())).isEqualTo("{}");
  }

  @Test
  void theResultOfAToolIsNamed() {
    assertThat(payload(ClientPayload.ofToolResult("sunny").with("tool", "weather")))
        .isEqualTo("{\"result\":\"sunny\",\"tool\":\"weather\"}");
    assertThat(payload(ClientPayload.ofToolResult(Map.of("degrees", 20))))
        .isEqualTo("{\"result\":{\"degrees\":20}}");
    assertThat(
            payload(ClientPayload.ofToolResult("{\"result\":1,\"tool\":\"a\"}").with("tool", "b")))
        .isEqualTo("{\"result\":1,\"tool\":\"a\"}");
  }

  @Test
  void aResultIsToldToModelsAsText() {
    assertThat(ClientPayload.ofToolResult("sunny").result()).isEqualTo("sunny");
    assertThat(ClientPayload.ofToolResult(Map.of("degrees", 20)).result())
        .isEqualTo("{\"degrees\":20}");
  }

  @Test
  void halvesOfCharactersAreReplaced() {
    assertThat(frames.write("x", ClientPayload.of("a\ud83d"), AT)).contains("a\ufffd");
  }

  @Test
  void theServersNamesAreUsed() {
    ClientFrames named = new ClientFrames(new FrameNames(Map.of("interrupt", "response.cancel")));
    assertThat(named.write("interrupt", ClientPayload.empty(), AT))
        .startsWith("{\"type\":\"response.cancel\"");
  }

  private String payload(ClientPayload payload) {
    String frame = frames.write("t", payload, AT);
    return frame.substring(frame.indexOf(":{") + 1, frame.indexOf(",\"timestamp\""));
  }
}
