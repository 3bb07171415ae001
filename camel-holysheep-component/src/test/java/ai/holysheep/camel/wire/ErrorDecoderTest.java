package ai.holysheep.camel.wire;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.chat.ProviderError;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorDecoderTest {

  @Test
  void errorOfOpenAiIsReadWhole() {
    assertThat(
            decode(
                "{\"error\":{\"message\":\"m\",\"type\":\"t\",\"param\":\"p\",\"code\":\"c\","
                    + "\"x\":{\"message\":\"no\"}},\"y\":[1]}"))
        .isEqualTo(new ProviderError("m", "t", "c", "p"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"error\":\"m\"}",
        "{\"message\":\"m\"}",
        "{\"detail\":\"m\"}",
        "{\"error\":{\"message\":\"m\",\"detail\":\"other\"}}",
        "{\"message\":\"m\",\"error\":null}",
        "{\"error\":null,\"message\":\"m\"}",
        "{\"error\":\"Unauthorized\",\"message\":\"m\"}",
        "{\"message\":\"m\",\"error\":\"Unauthorized\"}",
        "{\"detail\":[{\"loc\":[\"body\",\"model\"],\"msg\":\"m\"},{\"msg\":\"n\"}]}",
        "m",
        " m "
      })
  void messageIsFoundWhereServersPutIt(String body) {
    assertThat(decode(body).message()).isEqualTo("m");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"error\",\"error\":{\"type\":\"t\",\"message\":\"m\"}}",
        "{\"error\":{\"type\":\"t\",\"message\":\"m\"},\"type\":\"error\"}"
      })
  void typeOfTheErrorIsNotThatOfItsEnvelope(String body) {
    assertThat(decode(body)).isEqualTo(new ProviderError("m", "t", null, null));
  }

  @Test
  void codeMayBeANumber() {
    assertThat(decode("{\"error\":{\"code\":404}}").code()).isEqualTo("404");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "<html><body>Bad Gateway</body></html>",
        "\uFEFF<!DOCTYPE html><p>no</p>",
        "{\"error\":{\"mess",
        "{",
        "{}",
        "{\"error\":{}}"
      })
  void bodyThatSaysNothingGivesAnUnknownError(String body) {
    assertThat(decode(body)).isEqualTo(ProviderError.UNKNOWN);
  }

  @Test
  void deepNestingSaysNothingAndIsNoStackOverflow() {
    assertThat(decode("{\"error\":".repeat(5000))).isEqualTo(ProviderError.UNKNOWN);
  }

  private static ProviderError decode(String body) {
    return ErrorDecoder.decode(body.getBytes(StandardCharsets.UTF_8));
  }
}
