package ai.holysheep.camel.examples.gateway.routes;

import ai.holysheep.camel.examples.gateway.answers.Answer;
import ai.holysheep.camel.examples.gateway.answers.AnswerInput;
import ai.holysheep.camel.examples.gateway.requests.Json;
import ai.holysheep.camel.examples.gateway.requests.RefusedException;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;

/** Answers for pages as server-sent events. */
public final class StreamRoutes extends RouteBuilder {

  private static final int NO_CONTENT = 204;

  private final Asking asking;
  private final Client client;
  private final String settings;
  private final Duration silence;

  /**
   * @param settings what pages have to know, as JSON
   * @param silence after which a sign of life is sent
   */
  public StreamRoutes(Asking asking, Client client, String settings, Duration silence) {
    this.asking = asking;
    this.client = client;
    this.settings = settings;
    this.silence = silence;
  }

  @Override
  public void configure() {
    // begin: gateway-stream
    // Camel would read the whole body before the reply begins, to keep it for a second reading.
    from("platform-http:/api/stream?httpMethodRestrict=POST")
        .routeId("stream")
        .routeConfigurationId(Failures.OF_REQUESTS)
        .streamCache("false")
        .process(this::ask)
        .to("holysheep:respond");

    from("platform-http:/api/stream/{answer}?httpMethodRestrict=GET")
        .routeId("read-on")
        .routeConfigurationId(Failures.OF_REQUESTS)
        .streamCache("false")
        .process(this::readOn)
        .to("holysheep:respond");

    from("platform-http:/api/stream/{answer}?httpMethodRestrict=DELETE")
        .routeId("stop")
        .routeConfigurationId(Failures.OF_REQUESTS)
        .process(this::stop);
    // end: gateway-stream

    from("platform-http:/api/settings?httpMethodRestrict=GET")
        .routeId("settings")
        .routeConfigurationId(Failures.OF_REQUESTS)
        .removeHeaders("*")
        .setHeader(Exchange.CONTENT_TYPE, constant("application/json"))
        .setHeader("Cache-Control", constant("no-store"))
        .setBody(constant(settings));
  }

  private void ask(Exchange exchange) {
    Message message = exchange.getMessage();
    Map<String, Object> request = Json.object(message.getBody(String.class));
    Answer answer = asking.begin(request, client.of(message), client.passed(message));
    reply(message, answer, -1);
  }

  private void readOn(Exchange exchange) {
    Message message = exchange.getMessage();
    Answer answer = asking.answers().get(message.getHeader("answer", String.class));
    reply(message, answer, after(message.getHeader("Last-Event-ID", String.class)));
  }

  private static int after(String lastEventId) {
    if (lastEventId == null) {
      return -1;
    }
    try {
      return Integer.parseInt(lastEventId.trim());
    } catch (NumberFormatException e) {
      throw RefusedException.invalid("Last-Event-ID", "'Last-Event-ID' must be a number.");
    }
  }

  private void reply(Message message, Answer answer, int after) {
    message.removeHeaders("*");
    message.setHeader(Exchange.CONTENT_TYPE, "text/event-stream");
    message.setHeader("Cache-Control", "no-cache");
    message.setHeader("X-Accel-Buffering", "no");
    message.setHeader("Answer-Id", answer.id());
    message.setBody(new AnswerInput(asking.answers(), answer, after, silence));
  }

  private void stop(Exchange exchange) {
    Message message = exchange.getMessage();
    asking.answers().stop(asking.answers().get(message.getHeader("answer", String.class)));
    message.removeHeaders("*");
    message.setHeader(Exchange.HTTP_RESPONSE_CODE, NO_CONTENT);
    message.setBody(null);
  }
}
