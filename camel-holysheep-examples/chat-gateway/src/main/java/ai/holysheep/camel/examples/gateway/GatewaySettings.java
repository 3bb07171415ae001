package ai.holysheep.camel.examples.gateway;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway is to do.
 *
 * @param host the address to listen at
 * @param port 0 for any that is free
 * @param model the server that is asked
 * @param access who may ask
 * @param limits how much
 */
public record GatewaySettings(
    String host, int port, ModelServer model, Access access, Limits limits) {

  /**
   * The server that is asked.
   *
   * @param baseUrl null for HolySheep's own
   * @param apiKey null where there is none
   * @param models what clients may ask, the first one where they do not say
   * @param priceTable where the prices of the models are; null for those that HolySheep publishes,
   *     which are for its own server alone
   * @param simulated whether the answers are made up
   */
  public record ModelServer(
      @Nullable String baseUrl,
      @Nullable String apiKey,
      List<String> models,
      @Nullable String priceTable,
      boolean simulated) {

    private static final String PUBLISHED_PRICES =
        "classpath:ai/holysheep/camel/published-prices.properties";

    /** A simulator, whose tokens cost as much as real ones would. */
    public static ModelServer simulator(String baseUrl, List<String> models) {
      return new ModelServer(baseUrl, "any-key", models, PUBLISHED_PRICES, true);
    }

    /** Leaves the key out. */
    @Override
    public String toString() {
      return "ModelServer[baseUrl=%s, models=%s]".formatted(baseUrl, models);
    }
  }

  /**
   * Who may ask.
   *
   * @param origin of pages elsewhere that may use the gateway; null for none
   * @param key what clients of OpenAI's have to send; null where anybody may ask
   * @param addressHeader in which a proxy tells the client's address; null where there is no proxy
   * @param passedHeaders the HTTP headers of clients that the model's server gets
   */
  public record Access(
      @Nullable String origin,
      @Nullable String key,
      @Nullable String addressHeader,
      List<String> passedHeaders) {

    /** Pages of the gateway itself, and all clients that are no pages. */
    public static Access usual() {
      return new Access(null, null, null, List.of());
    }

    /** Leaves the key out. */
    @Override
    public String toString() {
      return "Access[origin=%s, addressHeader=%s]".formatted(origin, addressHeader);
    }
  }

  /**
   * How much.
   *
   * @param bodyBytes of a request
   * @param conversationCharacters of a conversation of a page
   * @param streamsOfClient answers under way at once for one client
   * @param streams answers under way at once
   * @param patience how long an answer waits for a page whose connection broke
   * @param silence after which a sign of life is sent
   */
  public record Limits(
      int bodyBytes,
      int conversationCharacters,
      int streamsOfClient,
      int streams,
      Duration patience,
      Duration silence) {

    /** For a gateway of some hundred people. */
    public static Limits usual() {
      return new Limits(
          1024 * 1024, 100_000, 4, 500, Duration.ofSeconds(20), Duration.ofSeconds(15));
    }
  }
}
