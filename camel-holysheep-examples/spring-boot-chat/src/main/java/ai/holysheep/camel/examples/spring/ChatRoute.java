package ai.holysheep.camel.examples.spring;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** Asks the model; how, is in {@code application.properties}. */
@Component
class ChatRoute extends RouteBuilder {

  /** What takes prompts, and gives streams of server-sent events. */
  static final String CHAT = "direct:chat";

  @Override
  public void configure() {
    from(CHAT).routeId("chat").to("holysheep:chat?stream=true&streamFormat=sse");
  }
}
