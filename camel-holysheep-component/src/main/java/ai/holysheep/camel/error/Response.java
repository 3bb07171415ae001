package ai.holysheep.camel.error;

import ai.holysheep.camel.chat.ProviderError;
import org.jspecify.annotations.Nullable;

/**
 * What the server replied to a call that failed.
 *
 * @param status the HTTP status; 0 where there was no reply
 * @param requestId the server's id of the request; null where not sent
 * @param error what the server said; null where it said nothing that could be understood
 * @param advice what it said about another try
 * @param refusal the reply itself; null where its status was 2xx, or there was none
 */
public record Response(
    int status,
    @Nullable String requestId,
    @Nullable ProviderError error,
    RetryAdvice advice,
    @Nullable Refusal refusal) {

  /** There was no reply. */
  public static final Response NONE = new Response(0, null, null, RetryAdvice.NONE);

  /** What is known where the reply is no refusal. */
  public Response(
      int status, @Nullable String requestId, @Nullable ProviderError error, RetryAdvice advice) {
    this(status, requestId, error, advice, null);
  }

  /** The same, with other words about another try. */
  public Response advising(RetryAdvice other) {
    return new Response(status, requestId, error, other, refusal);
  }
}
