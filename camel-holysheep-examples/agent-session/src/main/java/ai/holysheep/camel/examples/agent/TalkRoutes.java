package ai.holysheep.camel.examples.agent;

import static ai.holysheep.camel.HolySheepConstants.EVENT_TYPE;

import ai.holysheep.camel.chat.ToolCall;
import org.apache.camel.builder.RouteBuilder;

/**
 * One agent session: what the user says, what the model says, the tools that it calls, and the
 * user's interruptions.
 */
final class TalkRoutes extends RouteBuilder {

  private final Terminal terminal;

  TalkRoutes(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void configure() {
    // Who asks gets the failure, and says it in one line.
    errorHandler(noErrorHandler());

    from("direct:say")
        .to("holysheep:agent?tools=resource:classpath:tools.json&streamTo=direct:event");

    from("direct:interrupt").to("holysheep:agent?clientEvent=interrupt");

    from("direct:event")
        .choice()
        .when(header(EVENT_TYPE).isEqualTo("token"))
        .process(terminal::token)
        .when(header(EVENT_TYPE).isEqualTo("tool_call"))
        .process(terminal::toolCall)
        .toD("direct:${header.CamelHolySheepToolName}")
        .process(terminal::toolResult)
        .to("holysheep:agent?clientEvent=tool_result")
        .when(header(EVENT_TYPE).isEqualTo("usage"))
        .process(terminal::summary);

    // A tool is a route of its name. This one knows one kind of weather.
    from("direct:weather")
        .setBody(exchange -> exchange.getMessage().getBody(ToolCall.class).arguments())
        .unmarshal()
        .json()
        .setBody(simple("12 degrees and light rain in ${body[city]}"));

    from("holysheep:agent?sessionEvents=true")
        .filter(header(EVENT_TYPE).isEqualTo("session"))
        .process(terminal::connection);
  }
}
