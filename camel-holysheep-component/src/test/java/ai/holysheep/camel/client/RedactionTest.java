package ai.holysheep.camel.client;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.chat.Coalescing;
import ai.holysheep.camel.chat.Continuation;
import ai.holysheep.camel.recovery.RetryPolicy;
import ai.holysheep.camel.transport.Limits;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nothing that is secret is shown, whoever repeats it. */
class RedactionTest {

  @ParameterizedTest
  @CsvSource({
    "Authorization, Bearer abc-12345678, no such key abc-12345678",
    "api-key, abc-12345678, no such key abc-12345678",
    "X-Api-Key, abc-12345678, no such key abc-12345678.",
    "Cookie, sid=abc-12345678; theme=dark, no such key abc-12345678",
    "Cookie, sid=abc-12345678; theme=dark, no such key sid=abc-12345678",
    "X-Session-Token, abc-12345678, no such key abc-12345678",
    "Authorization, Basic abc-12345678==, no such key abc-12345678==",
    "X-Signature, v1=\"abc-12345678\", no such key abc-12345678"
  })
  void secretHeaderThatAServerRepeatsIsBlottedOut(String name, String value, String words) {
    String shown = redaction(Map.of(name, value)).of(words);
    assertThat(shown).startsWith("no such key ***").doesNotContain("abc").doesNotContain("12345");
  }

  @Test
  void valuesOfOtherHeadersAndShortPiecesAreShown() {
    Redaction redaction =
        redaction(Map.of("X-Team", "development", "Authorization", "Bearer x", "Cookie", "a=b"));
    String words = "the Bearer of development has a=b and x";
    assertThat(redaction.of(words)).isEqualTo(words);
  }

  @Test
  void keyIsBlottedOutBeforeTheTextIsCut() {
    String words = "x".repeat(495) + "sk-0123456789";
    assertThat(redaction(Map.of()).of(words)).isEqualTo("x".repeat(495) + "***");
  }

  @Test
  void settingsShowTheNamesOfHeadersAlone() {
    assertThat(settings(Map.of("X-Team", "development", "api-key", "abc-12345678")).toString())
        .contains("X-Team", "api-key", "http://test/v1")
        .doesNotContain("development", "abc-12345678", "sk-0123456789");
  }

  private static Redaction redaction(Map<String, String> headers) {
    return new Redaction(settings(headers));
  }

  private static CallSettings settings(Map<String, String> headers) {
    return new CallSettings(
        URI.create("http://test/v1"),
        ApiKey.of("sk-0123456789"),
        headers,
        CallTestSupport.NO_DEADLINES,
        RetryPolicy.NEVER,
        Continuation.PLAIN,
        new Limits(1, 1, 1),
        1,
        true,
        false,
        Coalescing.NONE,
        false);
  }
}
