package ai.holysheep.camel.examples.servers;

import org.apache.camel.builder.RouteBuilder;

/** Jetty, which flushes each piece of a stream. */
final class JettyRoute extends RouteBuilder {

  @Override
  public void configure() {
    // begin: answer-jetty
    from("jetty:http://127.0.0.1:{{jetty.port}}/chat").to("direct:chat");
    // end: answer-jetty
  }
}
