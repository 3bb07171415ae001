package ai.holysheep.camel.examples.servers;

import java.io.InputStream;
import org.apache.camel.builder.RouteBuilder;

/** Undertow, which flushes each piece of a stream when it is told to stream. */
final class UndertowRoute extends RouteBuilder {

  @Override
  public void configure() {
    // begin: answer-undertow
    from("undertow:http://127.0.0.1:{{undertow.port}}/chat?useStreaming=true&muteException=true")
        .to("direct:chat")
        // It streams what is an InputStream already, and converts nothing itself.
        .convertBodyTo(InputStream.class);
    // end: answer-undertow
  }
}
