package ai.holysheep.camel.chat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FinishReasonTest {

  @ParameterizedTest
  @CsvSource({
    "stop,STOP",
    "STOP,STOP",
    "end_turn,STOP",
    "stop_sequence,STOP",
    "eos,STOP",
    "eos_token,STOP",
    "completed,STOP",
    "complete,STOP",
    "length,LENGTH",
    "max_tokens,LENGTH",
    "MAX_TOKENS,LENGTH",
    "max_output_tokens,LENGTH",
    "model_length,LENGTH",
    "tool_calls,TOOL_CALLS",
    "tool_call,TOOL_CALLS",
    "tool_use,TOOL_CALLS",
    "function_call,TOOL_CALLS",
    "content_filter,CONTENT_FILTER",
    "SAFETY,CONTENT_FILTER",
    "recitation,CONTENT_FILTER",
    "refusal,CONTENT_FILTER",
    "error,ERROR",
    "insufficient_system_resource,UNKNOWN",
    "'',UNKNOWN",
    ",UNKNOWN"
  })
  void serversWordsHaveOneMeaning(String raw, FinishReason reason) {
    assertThat(FinishReason.of(raw)).isEqualTo(reason);
  }

  @ParameterizedTest
  @EnumSource(value = FinishReason.class, mode = EnumSource.Mode.EXCLUDE, names = "UNKNOWN")
  void ownWordLeadsBackToTheReason(FinishReason reason) {
    assertThat(FinishReason.of(reason.word())).isEqualTo(reason);
    assertThat(reason).hasToString(reason.word());
  }

  @Test
  void caseOfTheServersWordDoesNotDependOnTheLanguageOfTheMachine() {
    java.util.Locale before = java.util.Locale.getDefault();
    java.util.Locale.setDefault(new java.util.Locale("tr"));
    try {
      assertThat(FinishReason.of("CONTENT_FILTER")).isEqualTo(FinishReason.CONTENT_FILTER);
    } finally {
      java.util.Locale.setDefault(before);
    }
  }
}
