package ai.holysheep.camel.examples.gateway.routes;

import ai.holysheep.camel.error.CallCancelledException;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.examples.gateway.requests.ErrorReply;
import ai.holysheep.camel.examples.gateway.requests.ModelFailures;
import ai.holysheep.camel.examples.gateway.requests.RefusedException;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.jspecify.annotations.Nullable;

/**
 * What HTTP clients are told of failures, as long as there is a status to be had. The whole story
 * is in the log: it names addresses.
 */
public final class Failures extends RouteConfigurationBuilder {

  /** For routes that answer HTTP requests. */
  static final String OF_REQUESTS = "failures-of-requests";

  @Override
  public void configuration() {
    // begin: gateway-failures
    routeConfiguration(OF_REQUESTS)
        .onException(RefusedException.class)
        .handled(true)
        .process(Failures::tell)
        .end()
        // The client has gone: there is nobody to tell.
        .onException(CallCancelledException.class)
        .handled(true)
        .end()
        .onException(Exception.class)
        .handled(true)
        .log(LoggingLevel.WARN, "${exception.message}")
        .process(Failures::tell);
    // end: gateway-failures
  }

  private static void tell(Exchange exchange) {
    ErrorReply reply = reply(caught(exchange));
    Message message = exchange.getMessage();
    message.removeHeaders("*");
    message.setHeader(Exchange.HTTP_RESPONSE_CODE, reply.status());
    message.setHeader(Exchange.CONTENT_TYPE, "application/json");
    if (reply.retryAfter() != null) {
      message.setHeader("Retry-After", reply.retryAfterSeconds());
    }
    message.setBody(reply.json());
  }

  /** The failure that a clause handles. */
  static @Nullable Exception caught(Exchange exchange) {
    return exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
  }

  /** A failure in words for clients. */
  static ErrorReply reply(@Nullable Exception failure) {
    if (failure instanceof RefusedException refused) {
      return refused.reply();
    }
    if (failure instanceof HolySheepException ofModel) {
      return ModelFailures.reply(ofModel);
    }
    return ModelFailures.unknown();
  }
}
