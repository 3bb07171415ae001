package ai.holysheep.camel.client;

import ai.holysheep.camel.chat.ProviderError;
import ai.holysheep.camel.error.AuthenticationFailedException;
import ai.holysheep.camel.error.FailureContext;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.error.Progress;
import ai.holysheep.camel.error.ProviderUnavailableException;
import ai.holysheep.camel.error.QuotaExhaustedException;
import ai.holysheep.camel.error.RateLimitedException;
import ai.holysheep.camel.error.RequestRejectedException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes the exception for what a server refuses: by its status, and by its error code within it.
 */
final class Refusals {

  private static final Set<String> NO_CREDIT =
      Set.of(
          "insufficient_quota",
          "credit_balance_exhausted",
          "billing_hard_limit_reached",
          "insufficient_balance");

  /** What an error under status 200 would have been, by its code or its type. */
  private static final Map<String, Integer> MEANT =
      Map.ofEntries(
          Map.entry("invalid_request_error", 400),
          Map.entry("not_found_error", 400),
          Map.entry("context_length_exceeded", 400),
          Map.entry("content_policy_violation", 400),
          Map.entry("authentication_error", 401),
          Map.entry("invalid_api_key", 401),
          Map.entry("billing_error", 402),
          Map.entry("permission_error", 403),
          Map.entry("model_not_found", 404),
          Map.entry("request_too_large", 413),
          Map.entry("rate_limit_error", 429),
          Map.entry("rate_limit_exceeded", 429));

  private static final Pattern CLIENT_ERROR = Pattern.compile("4\\d\\d");

  private final String place;
  private final Duration maxRetryAfter;

  Refusals(String place, Duration maxRetryAfter) {
    this.place = place;
    this.maxRetryAfter = maxRetryAfter;
  }

  /** A reply with another status than 2xx. */
  HolySheepException of(FailureContext context) {
    return of(context.status(), context);
  }

  private HolySheepException of(int status, FailureContext context) {
    if (status == 402 || isNoCredit(context)) {
      return new QuotaExhaustedException(
          says("The account has no credit left", context) + " Top it up, or use another key.",
          context);
    }
    if (status == 401 || status == 403) {
      return new AuthenticationFailedException(
          says("The server does not accept the API key", context)
              + " Set the option 'apiKey' or the environment variable HOLYSHEEP_API_KEY to a key that"
              + " is valid for this model.",
          context);
    }
    if (status == 429) {
      return new RateLimitedException(says("Too many requests", context) + wait(context), context);
    }
    if (status == 408 || status == 409 || status >= 500) {
      return new ProviderUnavailableException(
          says("The server cannot answer now", context) + wait(context), context);
    }
    return new RequestRejectedException(
        says("The server rejects the request", context) + advice(status, context), context);
  }

  /** An error under the status 200, in the middle of an event stream or in place of the answer. */
  HolySheepException inStream(FailureContext context) {
    int meant = meant(context.providerError());
    if (meant != 0 || isNoCredit(context)) {
      return of(meant, context);
    }
    String where = context.progress() == Progress.PARTIAL ? "in the middle" : "in place";
    return new ProviderUnavailableException(
        says("The server reports an error " + where + " of the answer", context), context);
  }

  private static int meant(@Nullable ProviderError error) {
    if (error == null) {
      return 0;
    }
    if (error.code() != null && CLIENT_ERROR.matcher(error.code()).matches()) {
      return Integer.parseInt(error.code());
    }
    int byType = error.type() == null ? 0 : MEANT.getOrDefault(error.type(), 0);
    return error.code() == null ? byType : MEANT.getOrDefault(error.code(), byType);
  }

  private static boolean isNoCredit(FailureContext context) {
    ProviderError error = context.providerError();
    return error != null && (isNoCredit(error.code()) || isNoCredit(error.type()));
  }

  private static boolean isNoCredit(@Nullable String word) {
    return word != null && NO_CREDIT.contains(word);
  }

  private String wait(FailureContext context) {
    Duration retryAfter = context.response().advice().retryAfter();
    if (retryAfter == null) {
      return " Try again later.";
    }
    String asked = " The server asks to wait " + retryAfter.toMillis() + " ms";
    return retryAfter.compareTo(maxRetryAfter) > 0
        ? asked + ", which is longer than the option 'maxRetryAfter' allows."
        : asked + ".";
  }

  private static String advice(int status, FailureContext context) {
    ProviderError error = context.providerError();
    if (status == 404 && error != null && "model_not_found".equals(error.code())) {
      return " Check the option 'model' or the header CamelHolySheepModel.";
    }
    if (status == 404 || status == 405) {
      return " Check the option 'baseUrl': it ends before /chat/completions, mostly in /v1.";
    }
    if (status / 100 == 3) {
      return " Redirects are not followed, because the key would go with them: set the option"
          + " 'baseUrl' to the final address.";
    }
    return " Change the request: the same one would be rejected again.";
  }

  private String says(String what, FailureContext context) {
    StringBuilder text = new StringBuilder(what).append(" (").append(place);
    append(text, ", HTTP ", context.status() == 200 ? null : String.valueOf(context.status()));
    ProviderError error = context.providerError();
    append(text, ", ", error == null ? null : error.type());
    append(text, ", ", error == null ? null : error.code());
    append(text, ", field ", error == null ? null : error.param());
    append(text, ", model ", context.model());
    append(text, ", request id ", context.requestId());
    append(text, ", try ", context.attempt() > 1 ? String.valueOf(context.attempt()) : null);
    text.append("): ");
    String message = error == null ? null : error.message();
    text.append(message == null || message.isBlank() ? "it gives no reason." : sentence(message));
    return text.toString();
  }

  private static void append(StringBuilder text, String before, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      text.append(before).append(value);
    }
  }

  private static String sentence(String message) {
    String text = message.strip().replaceAll("\\s+", " ");
    return text.endsWith(".") || text.endsWith("!") || text.endsWith("?") ? text : text + ".";
  }
}
