package ai.holysheep.camel.examples.servers;

import org.apache.camel.builder.RouteBuilder;

/** What all servers share: the prompt is taken from the request, and the model is asked. */
final class AskingRoute extends RouteBuilder {

  @Override
  public void configure() {
    // begin: answer-chat
    from("direct:chat")
        .choice()
        .when(header("prompt").isNotNull())
        .setBody(header("prompt"))
        .end()
        .convertBodyTo(String.class)
        // Camel sends the headers of a request back with the reply otherwise.
        .removeHeaders("*")
        .to("holysheep:chat?model=deepseek-v3.2&stream=true&streamFormat=sse");
    // end: answer-chat
  }
}
