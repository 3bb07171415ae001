package ai.holysheep.camel.benchmarks.ways;

import ai.holysheep.camel.benchmarks.reading.StreamCheck;
import ai.holysheep.camel.benchmarks.reading.Target;
import ai.holysheep.camel.benchmarks.reading.Way;
import com.fasterxml.jackson.databind.JsonNode;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.dataformat.JsonLibrary;

/** A whole answer by a route by hand: camel-http and camel-jackson. */
final class CamelHttpCall implements Way {

  private final Routes routes;

  CamelHttpCall(Target target) throws Exception {
    routes =
        new Routes(
            new RouteBuilder() {
              @Override
              public void configure() {
                CamelHttp.raiseLimits(getContext(), target);
                from("direct:ask")
                    .setHeader(Exchange.CONTENT_TYPE, constant("application/json"))
                    .setHeader("Authorization", constant("Bearer " + Target.API_KEY))
                    .setBody(constant(target.request(false)))
                    .to(target.completions() + "?httpMethod=POST")
                    .unmarshal()
                    .json(JsonLibrary.Jackson, JsonNode.class)
                    .process(asked -> Routes.check(asked).whole(content(asked).length()));
              }
            });
  }

  private static String content(Exchange asked) {
    JsonNode answer = asked.getMessage().getBody(JsonNode.class);
    return answer.path("choices").path(0).path("message").path("content").asText();
  }

  @Override
  public void read(StreamCheck check) throws Exception {
    routes.ask(check);
  }

  @Override
  public boolean isWaiting() {
    return true;
  }

  @Override
  public void close() {
    routes.close();
  }
}
