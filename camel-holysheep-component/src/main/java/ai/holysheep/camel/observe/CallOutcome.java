package ai.holysheep.camel.observe;

import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.chat.FinishReason;
import ai.holysheep.camel.chat.Latency;
import ai.holysheep.camel.chat.Usage;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How a call ended.
 *
 * @param ending in which way
 * @param failure what ended it; null where it is complete, or was given up
 * @param responseId the server's id of the answer; null where it gave none
 * @param responseModel the model that answered, as the server says; null where it does not
 * @param finishReasons why each of the answers ended; none where nothing has come
 * @param usage the tokens used, in all tries together; null where nothing has come
 * @param latency how long it took
 * @param reconnectCount how many times the call was tried again
 * @param requestId the server's id of the HTTP request; null where not known
 * @param answer what has been received; made when it is asked for, of texts that may be long
 * @param outputMessages the answer as JSON, in the form that OpenTelemetry has for {@code
 *     gen_ai.output.messages}; made when it is asked for
 */
public record CallOutcome(
    Ending ending,
    @Nullable RuntimeException failure,
    @Nullable String responseId,
    @Nullable String responseModel,
    List<FinishReason> finishReasons,
    @Nullable Usage usage,
    Latency latency,
    int reconnectCount,
    @Nullable String requestId,
    Supplier<ChatAnswer> answer,
    Supplier<String> outputMessages) {

  /** In which way a call ended. */
  public enum Ending {
    /** The answer is whole. */
    COMPLETE,
    /** With a failure. */
    FAILED,
    /** Somebody did not want the rest. */
    CANCELLED,
    /** Nobody took the parts. */
    ABANDONED
  }

  /**
   * What OpenTelemetry calls {@code error.type}: the class of the failure, or a word; null where
   * the answer is whole.
   */
  public @Nullable String errorType() {
    return switch (ending) {
      case COMPLETE -> null;
      case FAILED -> failure == null ? "failed" : failure.getClass().getSimpleName();
      case CANCELLED -> "cancelled";
      case ABANDONED -> "abandoned";
    };
  }
}
