package ai.holysheep.camel.chat;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why an answer ended, in OpenAI's words whatever the server calls it. */
public enum FinishReason {
  /** The model had said what it wanted to say, or met a stop sequence. */
  STOP("stop"),
  /** The limit of tokens was reached: the answer is cut. */
  LENGTH("length"),
  /** The model waits for the results of tools. */
  TOOL_CALLS("tool_calls"),
  /** The provider's content filter cut the answer. */
  CONTENT_FILTER("content_filter"),
  /** The provider had a fault in the middle of the answer. */
  ERROR("error"),
  /** The user interrupted the answer; what had come is what there is of it. */
  INTERRUPTED("interrupted"),
  /** The server gave no reason, or one that is not known here. */
  UNKNOWN("unknown");

  private final String word;

  FinishReason(String word) {
    this.word = word;
  }

  /** The word that stands in headers and in JSON. */
  public String word() {
    return word;
  }

  @Override
  public String toString() {
    return word;
  }

  /**
   * The reason behind a server's own word.
   *
   * @param raw the server's word in any case; null or empty gives {@link #UNKNOWN}
   */
  public static FinishReason of(@Nullable String raw) {
    if (raw == null) {
      return UNKNOWN;
    }
    return switch (raw.toLowerCase(Locale.ROOT)) {
      case "stop", "stop_sequence", "end_turn", "eos", "eos_token", "completed", "complete" -> STOP;
      case "length", "max_tokens", "max_output_tokens", "model_length" -> LENGTH;
      case "tool_calls", "tool_call", "function_call", "tool_use" -> TOOL_CALLS;
      case "content_filter", "safety", "recitation", "refusal" -> CONTENT_FILTER;
      case "error" -> ERROR;
      case "interrupted", "cancelled", "canceled" -> INTERRUPTED;
      default -> UNKNOWN;
    };
  }
}
