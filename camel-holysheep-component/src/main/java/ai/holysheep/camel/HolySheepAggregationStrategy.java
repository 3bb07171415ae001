package ai.holysheep.camel;

import ai.holysheep.camel.client.JsonEvents;
import ai.holysheep.camel.convert.BodyFormat;
import ai.holysheep.camel.convert.EventMessages;
import ai.holysheep.camel.convert.join.PartReader;
import ai.holysheep.camel.convert.join.StreamJoin;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;
import org.apache.camel.spi.Configurer;
import org.apache.camel.spi.Metadata;
import org.jspecify.annotations.Nullable;

/**
 * Joins the parts of a stream to the whole answer, for {@code split(body(), strategy)} and for
 * {@code aggregate(new HolySheepStreamId(), strategy)}, on another machine too. The result is the
 * message that a call without {@code stream} leaves, and says in headers whether anything is
 * missing.
 *
 * <p>Parts may come in any order and more than once. With {@code aggregate} a group is complete
 * when the last part has come and all before it: the strategy is its completion predicate as well,
 * so none is to be set. A completion timeout gives what there is.
 *
 * <p>Needs no endpoint and no key in its Camel context. One instance serves any number of routes
 * and threads; its options are set before.
 */
@Configurer(metadataOnly = true)
@Metadata(
    label = "bean",
    title = "HolySheep Aggregation Strategy",
    description = "Joins the parts of a stream of HolySheep to the whole answer, with its usage.",
    annotations = {"interfaceName=org.apache.camel.AggregationStrategy"})
public class HolySheepAggregationStrategy implements AggregationStrategy, Predicate {

  private final StreamJoin join = new StreamJoin(new PartReader(JsonEvents.decoder()));

  @Metadata(
      description = "The body of the answer: text, JSON, or a ChatAnswer.",
      defaultValue = "text")
  private BodyFormat bodyFormat = BodyFormat.text;

  @Metadata(
      description =
          "How many characters of texts are kept of one answer, and as many of its tool calls.",
      defaultValue = "4194304")
  private int maxKeptCharacters = new HolySheepConfiguration().getMaxKeptCharacters();

  public BodyFormat getBodyFormat() {
    return bodyFormat;
  }

  /**
   * The body of the answer: {@code text}, the default, {@code json} for one JSON object in one
   * line, or {@code object} for a {@link ai.holysheep.camel.chat.ChatAnswer}. It need not be the
   * format of the parts.
   */
  public void setBodyFormat(BodyFormat bodyFormat) {
    this.bodyFormat = bodyFormat;
  }

  public int getMaxKeptCharacters() {
    return maxKeptCharacters;
  }

  /**
   * How many characters of texts are kept of one answer, and as many of its tool calls; 4 Mi by
   * default. Of a longer one the result is the beginning, and says that it is not complete.
   */
  public void setMaxKeptCharacters(int maxKeptCharacters) {
    this.maxKeptCharacters = maxKeptCharacters;
  }

  /**
   * Adds a part to its group. A part that has failed is a part all the same; the first failure
   * becomes that of the group.
   *
   * @param oldExchange the group; null for its first part
   * @param newExchange the part; null, which some EIPs give where there is nothing, adds nothing
   * @return the exchange of the first part; null where both are
   * @throws IllegalArgumentException when it is not a part of a stream, or one of another stream
   */
  @Override
  public @Nullable Exchange aggregate(
      @Nullable Exchange oldExchange, @Nullable Exchange newExchange) {
    return newExchange == null
        ? oldExchange
        : join.add(oldExchange, newExchange, maxKeptCharacters);
  }

  /** Whether all parts of the group have come. */
  @Override
  public boolean matches(Exchange exchange) {
    return join.isComplete(exchange);
  }

  /** Makes the group the answer, also when a timeout or the end of the context completes it. */
  @Override
  public void onCompletion(@Nullable Exchange exchange) {
    if (exchange != null) {
      join.finish(exchange, new EventMessages(bodyFormat, JsonEvents.encoder()));
    }
  }

  @Override
  public String toString() {
    return "HolySheepAggregationStrategy";
  }
}
