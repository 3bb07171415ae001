package ai.holysheep.camel.examples.gateway.requests;

import static java.util.Map.entry;

import ai.holysheep.camel.error.AuthenticationFailedException;
import ai.holysheep.camel.error.BudgetExceededException;
import ai.holysheep.camel.error.DeadlineExceededException;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.error.ProviderUnavailableException;
import ai.holysheep.camel.error.QuotaExhaustedException;
import ai.holysheep.camel.error.RateLimitedException;
import ai.holysheep.camel.error.RequestRejectedException;
import ai.holysheep.camel.error.StreamTruncatedException;
import ai.holysheep.camel.error.TransportFailedException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What clients are told of the failures of the model's server. They know neither the server nor its
 * key: what is wrong with those is the gateway's fault for them, and stands in its log.
 */
public final class ModelFailures {

  private static final Words OTHER =
      new Words(502, "server_error", null, "The model's answer broke off. Please try again.");

  private static final Map<Class<?>, Words> BY_CLASS =
      Map.ofEntries(
          entry(
              RequestRejectedException.class,
              new Words(
                  400, "invalid_request_error", null, "The model did not accept the request.")),
          entry(
              AuthenticationFailedException.class,
              new Words(502, "server_error", null, "The gateway cannot use the model now.")),
          entry(
              QuotaExhaustedException.class,
              new Words(
                  503, "server_error", "insufficient_quota", "The gateway has no credit left.")),
          entry(
              RateLimitedException.class,
              new Words(
                  429,
                  "rate_limit_error",
                  "rate_limit_exceeded",
                  "The model is asked too often now. Please wait a moment.")),
          entry(
              BudgetExceededException.class,
              new Words(
                  429,
                  "insufficient_quota",
                  "budget_exceeded",
                  "The gateway has spent what it may spend.")),
          entry(
              ProviderUnavailableException.class,
              new Words(503, "server_error", null, "The model is not available now.")),
          entry(
              TransportFailedException.class,
              new Words(502, "server_error", null, "The model cannot be reached now.")),
          entry(
              DeadlineExceededException.class,
              new Words(504, "server_error", "timeout", "The model took too long to answer.")),
          entry(
              StreamTruncatedException.class,
              new Words(
                  502,
                  "server_error",
                  "truncated",
                  "The model's answer broke off in the middle.")));

  private ModelFailures() {}

  private record Words(int status, String type, @Nullable String code, String message) {}

  /** What is told of a failure that is the gateway's own. */
  public static ErrorReply unknown() {
    return new ErrorReply(
        500, "server_error", "The gateway failed. Please try again.", null, null, null);
  }

  /** What is told of a failure. */
  public static ErrorReply reply(HolySheepException failure) {
    Words words = BY_CLASS.getOrDefault(failure.getClass(), OTHER);
    return new ErrorReply(
        words.status(),
        words.type(),
        message(failure, words),
        null,
        words.code() == null ? codeOfRequest(failure) : words.code(),
        failure.getRetryAfter(),
        failure.getClass().getSimpleName());
  }

  /** Whose request was rejected has to know why: it is the client's. */
  private static String message(HolySheepException failure, Words words) {
    if (!(failure instanceof RequestRejectedException)) {
      return words.message();
    }
    var said = failure.getContext().providerError();
    String reason = said == null ? null : said.message();
    return reason == null || reason.isBlank() ? words.message() : reason;
  }

  private static @Nullable String codeOfRequest(HolySheepException failure) {
    return failure instanceof RequestRejectedException ? failure.getCode() : null;
  }
}
