package ai.holysheep.camel.examples.servers;

import org.apache.camel.builder.RouteBuilder;

/** The servlet of Camel in whatever container, which flushes each piece of a stream. */
final class ServletRoute extends RouteBuilder {

  @Override
  public void configure() {
    // begin: answer-servlet
    from("servlet:/chat").to("direct:chat");
    // end: answer-servlet
  }
}
