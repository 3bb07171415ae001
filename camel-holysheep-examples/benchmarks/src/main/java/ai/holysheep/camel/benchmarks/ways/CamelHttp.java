package ai.holysheep.camel.benchmarks.ways;

import ai.holysheep.camel.benchmarks.reading.StreamCheck;
import ai.holysheep.camel.benchmarks.reading.Target;
import ai.holysheep.camel.benchmarks.reading.Way;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.http.HttpComponent;

/**
 * A route by hand: camel-http, a split at the ends of lines, and Jackson for each line with data. A
 * split at empty lines would make half as many exchanges, but hold each token back until the next
 * comes: a split looks for its next piece before it processes the one it has.
 */
final class CamelHttp implements Way {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String DATA = "data: ";
  private static final String DONE = "[DONE]";

  private final Routes routes;

  CamelHttp(Target target) throws Exception {
    routes =
        new Routes(
            new RouteBuilder() {
              @Override
              public void configure() {
                raiseLimits(getContext(), target);
                // A cache of the stream would read it to its end before the split begins.
                from("direct:ask")
                    .streamCache("false")
                    .setHeader(Exchange.CONTENT_TYPE, constant("application/json"))
                    .setHeader("Authorization", constant("Bearer " + Target.API_KEY))
                    .setBody(constant(target.request(true)))
                    .to(target.completions() + "?httpMethod=POST&disableStreamCache=true")
                    .split(body().tokenize("\n"))
                    .streaming()
                    .process(part -> tell(part));
              }
            });
  }

  /** As many connections as there are streams; 20 for each server are the default. */
  static void raiseLimits(CamelContext context, Target target) {
    HttpComponent http = context.getComponent("http", HttpComponent.class);
    http.setMaxTotalConnections(target.streams());
    http.setConnectionsPerRoute(target.streams());
  }

  private static void tell(Exchange part) throws JsonProcessingException {
    String line = part.getMessage().getBody(String.class);
    if (!line.startsWith(DATA) || line.endsWith(DONE)) {
      return;
    }
    JsonNode chunk = MAPPER.readTree(line.substring(DATA.length()));
    Routes.check(part).token(chunk.path("choices").path(0).path("delta").path("content").asText());
    JsonNode completionTokens = chunk.path("usage").path("completion_tokens");
    if (completionTokens.isNumber()) {
      Routes.check(part).usage(completionTokens.asLong());
    }
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
