package ai.holysheep.camel.examples.gateway.routes;

import ai.holysheep.camel.HolySheepConstants;
import ai.holysheep.camel.examples.gateway.requests.Conversations;
import ai.holysheep.camel.examples.gateway.requests.Json;
import ai.holysheep.camel.examples.gateway.requests.RefusedException;
import ai.holysheep.camel.examples.gateway.requests.StreamPlaces;
import ai.holysheep.camel.examples.gateway.requests.StreamPlaces.Place;
import ai.holysheep.camel.examples.gateway.requests.UiMessages;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;

/**
 * Makes messages for {@code holysheep:chat} of requests whose answer goes straight into the reply.
 * Thread-safe.
 */
public final class DirectAsking {

  private final Client client;
  private final Conversations conversations;
  private final StreamPlaces places;
  private final @Nullable String key;

  /**
   * @param key what clients of OpenAI's have to send; null where anybody may ask
   */
  public DirectAsking(
      Client client, Conversations conversations, StreamPlaces places, @Nullable String key) {
    this.client = client;
    this.conversations = conversations;
    this.places = places;
    this.key = key;
  }

  /**
   * Refuses who has not the gateway's key.
   *
   * @throws RefusedException with status 401
   */
  void checkKey(Exchange exchange) {
    String sent = exchange.getMessage().getHeader("Authorization", String.class);
    if (key != null && (sent == null || !same(sent, "Bearer " + key))) {
      throw RefusedException.unauthorized();
    }
  }

  /** Takes the same time wherever the difference is. */
  private static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  /** A request of a client of OpenAI's. */
  void completion(Exchange exchange) {
    Map<String, Object> request =
        conversations.ofClient(Json.object(exchange.getMessage().getBody(String.class)));
    boolean stream = Conversations.wantsStream(request);
    Map<String, Object> conversation = new LinkedHashMap<>(request);
    // The component asks in its own way; a client that wants no usage overlooks it.
    conversation.remove("stream");
    conversation.remove("stream_options");
    ask(exchange, conversation);
    exchange.getMessage().setHeader(HolySheepConstants.STREAM, stream);
  }

  /** A request of Vercel's AI SDK. */
  void uiMessages(Exchange exchange) {
    Map<String, Object> request = Json.object(exchange.getMessage().getBody(String.class));
    ask(exchange, conversations.ofClient(UiMessages.conversation(request)));
  }

  private void ask(Exchange exchange, Map<String, Object> conversation) {
    Message message = exchange.getMessage();
    Place place = places.take(client.of(message));
    exchange
        .getExchangeExtension()
        .addOnCompletion(
            new SynchronizationAdapter() {
              @Override
              public void onDone(Exchange done) {
                place.close();
              }
            });
    Map<String, Object> passed = client.passed(message);
    // Nothing else that a client sends may reach the model's server.
    message.removeHeaders("*");
    message.setHeader(HolySheepConstants.ADDITIONAL_HEADERS, passed);
    message.setBody(conversation);
  }
}
