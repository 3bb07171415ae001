package ai.holysheep.camel.error;

import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.chat.ProviderError;
import org.jspecify.annotations.Nullable;

/**
 * What is known about a call that failed. Never holds the key.
 *
 * @param progress how far the call had come
 * @param model the model that was asked; null where the request did not get that far
 * @param attempt which try it was, from 1; 0 where nothing was tried
 * @param status the HTTP status; 0 where there was no reply
 * @param requestId the server's id of the request; null where not sent
 * @param providerError what the server said; null where it said nothing that could be understood
 * @param partialAnswer what had been received; null where nothing had
 */
public record FailureContext(
    Progress progress,
    @Nullable String model,
    int attempt,
    int status,
    @Nullable String requestId,
    @Nullable ProviderError providerError,
    @Nullable ChatAnswer partialAnswer) {

  /** Nothing was sent, nothing is known. */
  public static final FailureContext NONE =
      new FailureContext(Progress.NOT_SENT, null, 0, 0, null, null, null);

  /** The same, for a request to this model. */
  public FailureContext of(String model) {
    return new FailureContext(
        progress, model, attempt, status, requestId, providerError, partialAnswer);
  }

  /** The same, for a request that was sent for the n-th time. */
  public FailureContext sent(int attempt) {
    return new FailureContext(
        Progress.SENT, model, attempt, status, requestId, providerError, partialAnswer);
  }

  /** The same, with what the reply's head tells. */
  public FailureContext replied(int status, @Nullable String requestId) {
    return new FailureContext(
        progress, model, attempt, status, requestId, providerError, partialAnswer);
  }

  /** The same, with the server's own words. */
  public FailureContext complained(ProviderError error) {
    return new FailureContext(progress, model, attempt, status, requestId, error, partialAnswer);
  }

  /** The same, with what had been received. */
  public FailureContext received(ChatAnswer answer, boolean handedOn) {
    return new FailureContext(
        handedOn ? Progress.PARTIAL : progress,
        model,
        attempt,
        status,
        requestId,
        providerError,
        answer);
  }
}
