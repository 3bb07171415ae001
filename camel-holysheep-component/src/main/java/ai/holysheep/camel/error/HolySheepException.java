package ai.holysheep.camel.error;

import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.chat.ProviderError;
import ai.holysheep.camel.chat.Usage;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call that failed. There is one class for each party who can do something about it; whether a
 * new try makes sense follows from the class and from {@link #getProgress()}. The message says what
 * happened, where, and what to do; it never holds the key.
 */
public abstract sealed class HolySheepException extends RuntimeException
    permits RequestRejectedException,
        AuthenticationFailedException,
        QuotaExhaustedException,
        RateLimitedException,
        ProviderUnavailableException,
        TransportFailedException,
        DeadlineExceededException,
        StreamTruncatedException,
        ProtocolViolatedException,
        BudgetExceededException,
        CallCancelledException {

  private final transient @Nullable FailureContext context;

  HolySheepException(String message, FailureContext context, @Nullable Throwable cause) {
    super(message);
    if (cause != null) {
      // Given to the superclass, null would mean that there shall never be one.
      initCause(cause);
    }
    this.context = context;
  }

  /** All that is known about the call; of an exception that was serialized only the message is. */
  public FailureContext getContext() {
    return context == null ? FailureContext.NONE : context;
  }

  /** How far the call had come. */
  public Progress getProgress() {
    return getContext().progress();
  }

  /** The HTTP status; 0 where there was no reply. */
  public int getStatus() {
    return getContext().status();
  }

  /**
   * The same as {@link #getStatus}, by the name that Camel's own exception for HTTP gives it:
   * expressions in routes then hold for both.
   */
  public int getStatusCode() {
    return getStatus();
  }

  /**
   * The beginning of what the server sent with a status other than 2xx, never with the key; null
   * where it was no such status.
   */
  public @Nullable String getResponseBody() {
    Refusal refusal = getContext().response().refusal();
    return refusal == null ? null : refusal.body();
  }

  /**
   * Headers of a reply with a status other than 2xx, those that tell something about the failure,
   * by name in any case; empty where it was no such status.
   */
  public Map<String, String> getResponseHeaders() {
    Refusal refusal = getContext().response().refusal();
    return refusal == null ? Map.of() : refusal.headers();
  }

  /** OpenAI's error {@code code}; null where the server sent none. */
  public @Nullable String getCode() {
    ProviderError error = getContext().providerError();
    return error == null ? null : error.code();
  }

  /** OpenAI's error {@code type}; null where the server sent none. */
  public @Nullable String getType() {
    ProviderError error = getContext().providerError();
    return error == null ? null : error.type();
  }

  /** The server's id of the request; null where it sent none. */
  public @Nullable String getRequestId() {
    return getContext().requestId();
  }

  /** How long the server asks to wait before another try; null where it does not say. */
  public @Nullable Duration getRetryAfter() {
    return getContext().response().advice().retryAfter();
  }

  /** Which try it was, from 1; 0 where nothing was tried. */
  public int getAttempt() {
    return getContext().attempt();
  }

  /** The model that was asked; null where the request did not get that far. */
  public @Nullable String getModel() {
    return getContext().model();
  }

  /** How many parts had been handed on before the failure. */
  public long getChunkCount() {
    return getContext().received().chunkCount();
  }

  /** The tokens used up to the failure; null where nothing had been received. */
  public @Nullable Usage getUsage() {
    return getContext().received().usage();
  }

  /** What had been received before the failure; null where nothing had. */
  public @Nullable ChatAnswer getPartialAnswer() {
    return getContext().partialAnswer();
  }

  /** The text that had been received before the failure; empty where there was none. */
  public String getPartialText() {
    ChatAnswer answer = getContext().partialAnswer();
    return answer == null ? "" : answer.text();
  }
}
