package ai.holysheep.camel.examples.gateway.routes;

import org.apache.camel.builder.RouteBuilder;

/** What {@code useChat} of Vercel's AI SDK asks a server. */
public final class UiMessageRoutes extends RouteBuilder {

  private final DirectAsking asking;

  public UiMessageRoutes(DirectAsking asking) {
    this.asking = asking;
  }

  @Override
  public void configure() {
    // begin: gateway-ui-messages
    from("platform-http:/api/chat?httpMethodRestrict=POST")
        .routeId("use-chat")
        .routeConfigurationId(Failures.OF_REQUESTS)
        .process(asking::uiMessages)
        .to("holysheep:chat?stream=true&streamFormat=ui-message")
        .to("holysheep:respond");
    // end: gateway-ui-messages
  }
}
