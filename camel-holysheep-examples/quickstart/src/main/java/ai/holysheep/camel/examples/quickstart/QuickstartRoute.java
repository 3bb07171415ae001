package ai.holysheep.camel.examples.quickstart;

import static ai.holysheep.camel.HolySheepConstants.EVENT_TYPE;

import org.apache.camel.Predicate;
import org.apache.camel.builder.RouteBuilder;

/** Asks the model, and sends every part of its answer to the terminal and into a file. */
final class QuickstartRoute extends RouteBuilder {

  private static final String ANSWER_FILE =
      "file:answers?fileName=answer.txt&fileExist=Append&charset=UTF-8";

  private final Terminal terminal;

  QuickstartRoute(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void configure() {
    Predicate isToken = header(EVENT_TYPE).isEqualTo("token");
    Predicate isUsage = header(EVENT_TYPE).isEqualTo("usage");

    // Who asks gets the failure, and says it in one line.
    errorHandler(noErrorHandler());

    from("direct:ask")
        .process(terminal::question)
        .to("holysheep:chat?model={{model}}&stream=true")
        .split(body())
        .streaming()
        .stopOnException()
        .multicast()
        .to("direct:terminal", "direct:file");

    from("direct:terminal")
        .choice()
        .when(isToken)
        .process(terminal::token)
        .when(isUsage)
        .process(terminal::summary);

    from("direct:file")
        .choice()
        .when(isToken)
        .to(ANSWER_FILE)
        .when(isUsage)
        .setBody(exchange -> "\n\n")
        .to(ANSWER_FILE);
  }
}
