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
 * @param response what the server replied
 * @param received what had been received of the answer
 */
public record FailureContext(
    Progress progress, @Nullable String model, int attempt, Response response, Received received) {

  /** Nothing was sent, nothing is known. */
  public static final FailureContext NONE =
      new FailureContext(Progress.NOT_SENT, null, 0, Response.NONE, Received.NOTHING);

  /** The same, for the n-th try to ask this model. */
  public FailureContext trying(String model, int attempt) {
    return new FailureContext(progress, model, attempt, response, received);
  }

  /** The same, for a request that the server may have seen. */
  public FailureContext sent() {
    return new FailureContext(Progress.SENT, model, attempt, response, received);
  }

  /** The same, with what the server replied. */
  public FailureContext replied(Response response) {
    return new FailureContext(progress, model, attempt, response, received);
  }

  /** The same, with the server's own words. */
  public FailureContext complained(ProviderError error) {
    return replied(
        new Response(
            response.status(), response.requestId(), error, response.advice(), response.refusal()));
  }

  /** The same, with the reply that is a refusal. */
  public FailureContext refused(Refusal refusal) {
    return replied(
        new Response(
            response.status(), response.requestId(), response.error(), response.advice(), refusal));
  }

  /** The same, for a failure that would come again. */
  public FailureContext withoutAnotherTry() {
    return replied(response.advising(new RetryAdvice(false, null)));
  }

  /** The same, with what had been received; it was handed on where there was a part of it. */
  public FailureContext received(Received received) {
    return new FailureContext(
        received.chunkCount() > 0 ? Progress.PARTIAL : progress,
        model,
        attempt,
        response,
        received);
  }

  /** The HTTP status; 0 where there was no reply. */
  public int status() {
    return response.status();
  }

  /** The server's id of the request; null where not sent. */
  public @Nullable String requestId() {
    return response.requestId();
  }

  /** What the server said; null where it said nothing that could be understood. */
  public @Nullable ProviderError providerError() {
    return response.error();
  }

  /** What had been received; null where nothing had. */
  public @Nullable ChatAnswer partialAnswer() {
    return received.answer();
  }
}
