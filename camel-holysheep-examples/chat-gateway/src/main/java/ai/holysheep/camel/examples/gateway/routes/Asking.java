package ai.holysheep.camel.examples.gateway.routes;

import ai.holysheep.camel.HolySheepConstants;
import ai.holysheep.camel.examples.gateway.answers.Answer;
import ai.holysheep.camel.examples.gateway.answers.Answers;
import ai.holysheep.camel.examples.gateway.requests.Conversations;
import ai.holysheep.camel.examples.gateway.requests.RefusedException;
import ai.holysheep.camel.examples.gateway.requests.StreamPlaces;
import ai.holysheep.camel.examples.gateway.requests.StreamPlaces.Place;
import java.util.Map;
import org.apache.camel.ProducerTemplate;

/** Begins answers for pages, over whatever they are asked for. Thread-safe; never waits. */
public final class Asking {

  private final ProducerTemplate camel;
  private final Answers answers;
  private final Conversations conversations;
  private final StreamPlaces places;

  public Asking(
      ProducerTemplate camel, Answers answers, Conversations conversations, StreamPlaces places) {
    this.camel = camel;
    this.answers = answers;
    this.conversations = conversations;
    this.places = places;
  }

  /**
   * Asks the model.
   *
   * @param request what the page sent
   * @param client whose place it takes until the model has ended
   * @param headers further headers for the model's server
   * @return the answer that is being made
   * @throws RefusedException when it is not asked
   */
  Answer begin(Map<String, Object> request, String client, Map<String, Object> headers) {
    Map<String, Object> conversation = conversations.ofPage(request);
    Place place = places.take(client);
    Answer answer = answers.begin();
    camel
        .asyncSend(
            AnsweringRoutes.ASK,
            exchange -> {
              exchange.setProperty(AnsweringRoutes.ANSWER, answer);
              exchange.getMessage().setBody(conversation);
              exchange.getMessage().setHeader(HolySheepConstants.ADDITIONAL_HEADERS, headers);
            })
        .whenComplete((exchange, failure) -> place.close());
    return answer;
  }

  /** The answers that there are. */
  Answers answers() {
    return answers;
  }
}
