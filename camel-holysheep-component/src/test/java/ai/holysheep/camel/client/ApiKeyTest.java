package ai.holysheep.camel.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.holysheep.camel.error.AuthenticationFailedException;
import ai.holysheep.camel.error.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "sk-secret\n",
        "sk-secret\r\nX: y",
        " sk-secret",
        "sk-sécret",
        "sk-\u0000",
        "sk-secret\u007f",
        "sk secret"
      })
  void keyThatCannotBeSentIsRefusedAndNotRepeated(String secret) {
    assertThatExceptionOfType(AuthenticationFailedException.class)
        .isThrownBy(() -> ApiKey.of(secret))
        .withMessageContaining("'apiKey'")
        .withMessageContaining("HOLYSHEEP_API_KEY")
        .withMessageNotContaining("secret")
        .matches(e -> e.getProgress() == Progress.NOT_SENT);
  }

  @Test
  void keyShowsItselfInTheHeaderOnly() {
    ApiKey key = ApiKey.of("sk-secret");
    assertThat(key.authorization()).isEqualTo("Bearer sk-secret");
    assertThat(key.toString()).doesNotContain("secret");
    assertThat(String.valueOf(key)).doesNotContain("secret");
  }

  @Test
  void everyOccurrenceOfTheKeyIsBlottedOut() {
    ApiKey key = ApiKey.of("sk-1.$*");
    assertThat(key.asSecret().blotOut("a sk-1.$* b sk-1.$*")).isEqualTo("a *** b ***");
    assertThat(key.asSecret().blotOut("sk-1")).isEqualTo("sk-1");
  }

  @Test
  void halfOfTheKeyIsBlottedOutWhereATextWasCut() {
    ApiKey key = ApiKey.of("sk-12345");
    assertThat(key.asSecret().blotOutOfCut("a sk-12345 b sk-12")).isEqualTo("a *** b ***");
    assertThat(key.asSecret().blotOutOfCut("a sk-12345")).isEqualTo("a ***");
    assertThat(key.asSecret().blotOutOfCut("a sk-1 b")).isEqualTo("a sk-1 b");
  }

  @Test
  void keyIsBlottedOutAsJsonMayWriteIt() {
    assertThat(ApiKey.of("sk/1").asSecret().blotOut("{\"a\":\"sk\\/1\"}"))
        .isEqualTo("{\"a\":\"***\"}");
  }
}
