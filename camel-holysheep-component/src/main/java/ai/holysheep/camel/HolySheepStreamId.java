package ai.holysheep.camel;

import ai.holysheep.camel.client.JsonEvents;
import ai.holysheep.camel.convert.join.PartReader;
import org.apache.camel.Exchange;
import org.apache.camel.Handler;
import org.apache.camel.support.ExpressionAdapter;
import org.jspecify.annotations.Nullable;

/**
 * The stream that an exchange is a part of: what {@code aggregate} joins parts by. It is the header
 * {@code CamelHolySheepStreamId}, or where a broker has dropped the headers, the {@code streamId}
 * of the JSON that is the body. Null, which {@code aggregate} refuses, where the exchange is not a
 * part of a stream.
 *
 * <p>In Java an expression, {@code aggregate(new HolySheepStreamId(), ...)}; in XML and YAML a
 * bean, {@code <method beanType="ai.holysheep.camel.HolySheepStreamId"/>}. Needs no endpoint and no
 * key. Thread-safe.
 */
public class HolySheepStreamId extends ExpressionAdapter {

  private final PartReader reader = new PartReader(JsonEvents.decoder());

  /** The id; null where the exchange is not a part of a stream. */
  @Handler
  public @Nullable String of(Exchange exchange) {
    return reader.streamId(exchange);
  }

  @Override
  public @Nullable Object evaluate(Exchange exchange) {
    return of(exchange);
  }

  @Override
  public String toString() {
    return "HolySheepStreamId";
  }
}
