package ai.holysheep.camel.wire;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.chat.Cost;
import ai.holysheep.camel.chat.Usage;
import ai.holysheep.camel.chat.UsageSource;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageDecoderTest {

  @Test
  void detailsAreRead() throws Exception {
    assertThat(
            usage(
                "{\"prompt_tokens\":10,\"completion_tokens\":5,\"total_tokens\":15,"
                    + "\"prompt_tokens_details\":{\"cached_tokens\":4,\"audio_tokens\":0},"
                    + "\"completion_tokens_details\":{\"reasoning_tokens\":3}}"))
        .isEqualTo(new Usage(10L, 5L, 15L, 4L, 3L, UsageSource.SERVER));
  }

  @ParameterizedTest
  @CsvSource({"0.0012,0.0012", "'\"0.0012\"',0.0012", "4.2e-7,0.00000042", "0,0", "3,3"})
  void costIsReadToTheLastDigit(String written, String cost) throws Exception {
    assertThat(usage("{\"total_tokens\":1,\"cost\":" + written + "}").cost())
        .isEqualTo(Cost.ofServer(new BigDecimal(cost)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-1", "null", "true", "\"free\"", "{\"usd\":1}", "[1]", "1e999999999", "1e-99"})
  void whatIsNoCostStaysUnknown(String written) throws Exception {
    assertThat(usage("{\"total_tokens\":1,\"cost\":" + written + "}").cost()).isNull();
  }

  @Test
  void cachedTokensOfDeepSeekAreRead() throws Exception {
    assertThat(usage("{\"prompt_tokens\":10,\"prompt_cache_hit_tokens\":6}").cachedTokens())
        .isEqualTo(6);
  }

  @Test
  void missingTotalIsTheSumAndOtherMissingFiguresStayUnknown() throws Exception {
    assertThat(usage("{\"prompt_tokens\":10,\"completion_tokens\":5}"))
        .isEqualTo(new Usage(10L, 5L, 15L, null, null, UsageSource.SERVER));
    assertThat(usage("{\"completion_tokens\":5,\"prompt_tokens_details\":null}"))
        .isEqualTo(new Usage(null, 5L, null, null, null, UsageSource.SERVER));
  }

  @Test
  void sumThatDoesNotFitStaysUnknown() throws Exception {
    long huge = Long.MAX_VALUE;
    assertThat(usage("{\"prompt_tokens\":" + huge + ",\"completion_tokens\":1}").totalTokens())
        .isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "7,7",
    "'\"7\"',7",
    "7.0,7",
    "7.9,7",
    "1e2,100",
    "0,0",
    "9223372036854775807,9223372036854775807"
  })
  void countIsReadHoweverItIsWritten(String written, long count) throws Exception {
    assertThat(usage("{\"total_tokens\":" + written + "}").totalTokens()).isEqualTo(count);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-1",
        "-1.5",
        "9223372036854775808",
        "1e999999999",
        "\"many\"",
        "null",
        "true",
        "{\"a\":1}",
        "[1]",
        "\"\"",
        "12345678901234567890123456789012345678901234567890"
      })
  void whatIsNoCountStaysUnknown(String written) throws Exception {
    assertThat(usage("{\"total_tokens\":" + written + ",\"prompt_tokens\":1}"))
        .isEqualTo(new Usage(1L, null, null, null, null, UsageSource.SERVER));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "{}", "[]", "7", "{\"prompt_tokens\":null}", "{\"other\":1}"})
  void usageWithoutFiguresIsNone(String usage) throws Exception {
    assertThat(usage(usage)).isNull();
  }

  private static Usage usage(String json) throws UnreadableException {
    byte[] data = ("{\"usage\":" + json + "}").getBytes(StandardCharsets.UTF_8);
    return new ChunkDecoder().decode(data, 0, data.length).usage();
  }
}
