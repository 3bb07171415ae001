package ai.holysheep.camel.examples.servers;

import ai.holysheep.camel.error.CallCancelledException;
import ai.holysheep.camel.error.HolySheepException;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteConfigurationBuilder;

/** What clients are told when there is no answer, whatever the server. */
final class FailureReplies extends RouteConfigurationBuilder {

  @Override
  public void configuration() {
    // begin: answer-failures
    routeConfiguration()
        // The client has gone: there is nobody to tell.
        .onException(CallCancelledException.class)
        .handled(true)
        .end()
        .onException(HolySheepException.class)
        .handled(true)
        .log(LoggingLevel.WARN, "${exception.message}")
        .removeHeaders("*")
        .setHeader(Exchange.HTTP_RESPONSE_CODE, constant(502))
        .setHeader(Exchange.CONTENT_TYPE, constant("application/json"))
        .setBody(constant("{\"error\":\"There is no answer now. Please try again later.\"}"));
    // end: answer-failures
  }
}
