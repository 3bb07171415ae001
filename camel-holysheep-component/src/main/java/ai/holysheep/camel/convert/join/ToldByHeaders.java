package ai.holysheep.camel.convert.join;

import ai.holysheep.camel.HolySheepConstants;
import ai.holysheep.camel.error.FailureContext;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.error.Response;
import ai.holysheep.camel.error.RetryAdvice;
import ai.holysheep.camel.error.ToldFailures;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** Failures of which only headers and a text are left. */
final class ToldByHeaders {

  /** For each category one exception that has it. */
  private static final Map<String, String> BY_CATEGORY =
      Map.of(
          "RATE_LIMIT", "RateLimitedException",
          "SERVER_ERROR", "ProviderUnavailableException",
          "VALIDATION", "RequestRejectedException",
          "AUTH", "AuthenticationFailedException",
          "UNKNOWN", "CallCancelledException");

  private ToldByHeaders() {}

  static HolySheepException failure(Exchange exchange, PartHeaders headers) {
    Object body = exchange.getMessage().getBody();
    if (body instanceof HolySheepException known) {
      return known;
    }
    Long millis = headers.number(HolySheepConstants.RETRY_AFTER_MILLIS);
    Duration retryAfter = millis == null ? null : Duration.ofMillis(millis);
    Response response = new Response(0, null, null, new RetryAdvice(null, retryAfter));
    FailureContext context = FailureContext.NONE.sent().replied(response);
    String message =
        body instanceof Throwable other
            ? String.valueOf(other.getMessage())
            : PartBody.text(exchange);
    return failure(headers.text(HolySheepConstants.ERROR_CATEGORY), message, context);
  }

  static HolySheepException failure(
      @Nullable String category, String message, FailureContext context) {
    String name = category == null ? null : BY_CATEGORY.get(category);
    return ToldFailures.of(name, message, context);
  }
}
