package ai.holysheep.camel.wire;

import static java.util.Map.entry;

import ai.holysheep.camel.chat.ProviderError;
import ai.holysheep.camel.error.AuthenticationFailedException;
import ai.holysheep.camel.error.BudgetExceededException;
import ai.holysheep.camel.error.CallCancelledException;
import ai.holysheep.camel.error.DeadlineExceededException;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.error.ProtocolViolatedException;
import ai.holysheep.camel.error.ProviderUnavailableException;
import ai.holysheep.camel.error.QuotaExhaustedException;
import ai.holysheep.camel.error.RateLimitedException;
import ai.holysheep.camel.error.RequestRejectedException;
import ai.holysheep.camel.error.StreamTruncatedException;
import ai.holysheep.camel.error.TransportFailedException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A failure in words for those who know neither this component nor its settings, as an error of
 * OpenAI's. The words of the server where it had some; otherwise a sentence that names no address,
 * as the message of the exception does.
 */
final class FailureWords {

  private static final String SERVER_ERROR = "server_error";

  private static final ProviderError OTHER =
      new ProviderError("The answer broke off.", SERVER_ERROR, null, null);

  private static final Map<Class<?>, ProviderError> BY_CLASS =
      Map.ofEntries(
          entry(
              RequestRejectedException.class,
              words("The request was rejected.", "invalid_request_error", null)),
          entry(
              AuthenticationFailedException.class,
              words("The model's server did not accept the key.", "authentication_error", null)),
          entry(
              QuotaExhaustedException.class,
              words("There is no credit left.", "insufficient_quota", "insufficient_quota")),
          entry(
              RateLimitedException.class,
              words("There are too many requests.", "rate_limit_error", "rate_limit_exceeded")),
          entry(
              ProviderUnavailableException.class,
              words("The model's server failed.", SERVER_ERROR, null)),
          entry(
              TransportFailedException.class,
              words("The connection to the model's server broke.", SERVER_ERROR, null)),
          entry(
              DeadlineExceededException.class,
              words("The answer took too long.", SERVER_ERROR, "timeout")),
          entry(
              StreamTruncatedException.class,
              words("The answer is not whole.", SERVER_ERROR, "truncated")),
          entry(
              ProtocolViolatedException.class,
              words("The model's server sent what cannot be read.", SERVER_ERROR, null)),
          entry(
              BudgetExceededException.class,
              words(
                  "The answer takes more than is allowed.",
                  "insufficient_quota",
                  "budget_exceeded")),
          entry(
              CallCancelledException.class,
              words("The answer was cancelled.", SERVER_ERROR, "cancelled")));

  private FailureWords() {}

  /** Message and type are never null. */
  static ProviderError of(RuntimeException failure) {
    ProviderError own = BY_CLASS.getOrDefault(failure.getClass(), OTHER);
    ProviderError said =
        failure instanceof HolySheepException known ? known.getContext().providerError() : null;
    if (said == null) {
      return own;
    }
    return new ProviderError(
        firstKnown(said.message(), own.message()),
        firstKnown(said.type(), own.type()),
        firstKnown(said.code(), own.code()),
        said.param());
  }

  /** Whether the family's class has words of its own. */
  static boolean knows(Class<?> type) {
    return BY_CLASS.containsKey(type);
  }

  private static ProviderError words(String message, String type, @Nullable String code) {
    return new ProviderError(message, type, code, null);
  }

  private static @Nullable String firstKnown(@Nullable String said, @Nullable String own) {
    return said == null || said.isBlank() ? own : said;
  }
}
