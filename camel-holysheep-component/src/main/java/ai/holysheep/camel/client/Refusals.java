package ai.holysheep.camel.client;

import ai.holysheep.camel.chat.ProviderError;
import ai.holysheep.camel.error.AuthenticationFailedException;
import ai.holysheep.camel.error.FailureContext;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.error.ProviderUnavailableException;
import ai.holysheep.camel.error.QuotaExhaustedException;
import ai.holysheep.camel.error.RateLimitedException;
import ai.holysheep.camel.error.RequestRejectedException;
import java.time.Duration;
import java.util.Set;
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

  private final String place;

  Refusals(String place) {
    this.place = place;
  }

  /** A reply with another status than 2xx. */
  HolySheepException of(FailureContext context, @Nullable Duration retryAfter) {
    int status = context.status();
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
      return new RateLimitedException(
          says("Too many requests", context) + wait(retryAfter), context, retryAfter);
    }
    if (status == 408 || status == 409 || status >= 500) {
      return new ProviderUnavailableException(
          says("The server cannot answer now", context) + " Try again later.", context);
    }
    return new RequestRejectedException(
        says("The server rejects the request", context) + advice(context), context);
  }

  /** An error in the middle of an event stream, whose status was 200. */
  HolySheepException inStream(FailureContext context) {
    if (isNoCredit(context)) {
      return new QuotaExhaustedException(
          says("The account has no credit left", context) + " Top it up, or use another key.",
          context);
    }
    return new ProviderUnavailableException(
        says("The server reports an error in the middle of the answer", context), context);
  }

  private static boolean isNoCredit(FailureContext context) {
    ProviderError error = context.providerError();
    return error != null && (isNoCredit(error.code()) || isNoCredit(error.type()));
  }

  private static boolean isNoCredit(@Nullable String word) {
    return word != null && NO_CREDIT.contains(word);
  }

  private static String wait(@Nullable Duration retryAfter) {
    return retryAfter == null
        ? " Send fewer requests at once, or try again later."
        : " The server asks to wait " + retryAfter.toMillis() + " ms.";
  }

  private static String advice(FailureContext context) {
    ProviderError error = context.providerError();
    if (context.status() == 404 && error != null && "model_not_found".equals(error.code())) {
      return " Check the option 'model' or the header CamelHolySheepModel.";
    }
    if (context.status() == 404 || context.status() == 405) {
      return " Check the option 'baseUrl': it ends before /chat/completions, mostly in /v1.";
    }
    if (context.status() / 100 == 3) {
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
