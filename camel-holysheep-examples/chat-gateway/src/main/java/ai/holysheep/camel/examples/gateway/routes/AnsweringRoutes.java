package ai.holysheep.camel.examples.gateway.routes;

import ai.holysheep.camel.HolySheepConstants;
import ai.holysheep.camel.examples.gateway.answers.Answer;
import ai.holysheep.camel.examples.gateway.answers.Answers;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;

/**
 * Asks the model for browsers. The answer goes into the {@link Answer} of the exchange, event by
 * event, and no thread is held for it; who reads it, and over what, is not known here.
 */
public final class AnsweringRoutes extends RouteBuilder {

  /** Takes a conversation, with an answer in the property {@link #ANSWER}. */
  static final String ASK = "direct:ask";

  /** The exchange property that holds where the events go. */
  static final String ANSWER = "answer";

  private final Answers answers;

  public AnsweringRoutes(Answers answers) {
    this.answers = answers;
  }

  @Override
  public void configure() {
    // begin: gateway-answering
    from(ASK)
        .routeId("ask")
        .onException(Exception.class)
        .handled(true)
        .process(this::fail)
        .end()
        .to("holysheep:chat?bodyFormat=json&streamTo=direct:event");

    // What fails here stops the stream, and there is nobody else to tell.
    from("direct:event")
        .routeId("event")
        .errorHandler(noErrorHandler())
        .choice()
        .when(header(HolySheepConstants.EVENT_TYPE).isEqualTo("usage"))
        .process(this::complete)
        .when(header(HolySheepConstants.EVENT_TYPE).isNotEqualTo("error"))
        .process(this::keep)
        .end();
    // end: gateway-answering
  }

  private void keep(Exchange part) {
    Message message = part.getMessage();
    String stream = message.getHeader(HolySheepConstants.STREAM_ID, String.class);
    answer(part).add(message.getBody(String.class), stream);
  }

  private void complete(Exchange part) {
    answer(part).complete(part.getMessage().getBody(String.class));
  }

  private void fail(Exchange asking) {
    answers.fail(answer(asking), Failures.reply(Failures.caught(asking)));
  }

  private static Answer answer(Exchange exchange) {
    return exchange.getProperty(ANSWER, Answer.class);
  }
}
