package ai.holysheep.camel.examples.gateway.routes;

import ai.holysheep.camel.HolySheepConstants;
import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.examples.gateway.requests.ChatCompletions;
import ai.holysheep.camel.examples.gateway.requests.Json;
import ai.holysheep.camel.examples.gateway.requests.RefusedException;
import java.time.Instant;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;

/** What OpenAI's clients ask a server: chat completions, in pieces or whole, and the models. */
public final class OpenAiRoutes extends RouteBuilder {

  private final DirectAsking asking;
  private final List<String> models;

  public OpenAiRoutes(DirectAsking asking, List<String> models) {
    this.asking = asking;
    this.models = models;
  }

  @Override
  public void configure() {
    // begin: gateway-openai
    from("platform-http:/v1/chat/completions?httpMethodRestrict=POST")
        .routeId("chat-completions")
        .routeConfigurationId(Failures.OF_REQUESTS)
        .process(asking::checkKey)
        .process(asking::completion)
        .choice()
        .when(header(HolySheepConstants.STREAM))
        .to("holysheep:chat?streamFormat=openai")
        .to("holysheep:respond")
        .otherwise()
        .to("holysheep:chat?bodyFormat=object")
        .process(this::whole);
    // end: gateway-openai

    from("platform-http:/v1/models?httpMethodRestrict=GET")
        .routeId("models")
        .routeConfigurationId(Failures.OF_REQUESTS)
        .process(asking::checkKey)
        .process(exchange -> json(exchange, ChatCompletions.list(models)));

    from("platform-http:/v1/models/{model}?httpMethodRestrict=GET")
        .routeId("model")
        .routeConfigurationId(Failures.OF_REQUESTS)
        .process(asking::checkKey)
        .process(this::model);
  }

  private void whole(Exchange exchange) {
    ChatAnswer answer = exchange.getMessage().getBody(ChatAnswer.class);
    json(exchange, ChatCompletions.json(answer, Instant.now()));
  }

  private void model(Exchange exchange) {
    String model = exchange.getMessage().getHeader("model", String.class);
    if (!models.contains(model)) {
      throw RefusedException.notFound("model_not_found", "There is no such model here.");
    }
    json(exchange, Json.write(ChatCompletions.model(model)));
  }

  private static void json(Exchange exchange, String body) {
    Message message = exchange.getMessage();
    message.removeHeaders("*");
    message.setHeader(Exchange.CONTENT_TYPE, "application/json");
    message.setBody(body);
  }
}
