package ai.holysheep.camel.examples.servers;

import org.apache.camel.builder.RouteBuilder;

/** Platform HTTP on Vert.x, whose own way to write a stream waits for 16 KiB. */
final class PlatformHttpRoute extends RouteBuilder {

  @Override
  public void configure() {
    // begin: answer-platform-http
    from("platform-http:/chat").to("direct:chat").to("holysheep:respond");
    // end: answer-platform-http
  }
}
