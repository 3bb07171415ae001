package ai.holysheep.camel;

import ai.holysheep.camel.error.FailureContext;
import ai.holysheep.camel.error.RequestRejectedException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultProducer;
import org.jspecify.annotations.Nullable;

/**
 * Ends the stream that a message names, by the header {@code CamelHolySheepStreamId} or, without
 * it, by the body. The message stays as it is, but for a header that says whether the stream was
 * under way.
 */
public class HolySheepCancelProducer extends DefaultProducer {

  public HolySheepCancelProducer(HolySheepEndpoint endpoint) {
    super(endpoint);
  }

  @Override
  public HolySheepEndpoint getEndpoint() {
    return (HolySheepEndpoint) super.getEndpoint();
  }

  @Override
  public void process(Exchange exchange) {
    Message message = exchange.getMessage();
    boolean cancelled = getEndpoint().getComponent().cancelStream(streamId(message));
    message.setHeader(HolySheepConstants.CANCELLED, cancelled);
  }

  private static String streamId(Message message) {
    String id = message.getHeader(HolySheepConstants.STREAM_ID, String.class);
    String named = id == null ? text(message.getBody()) : id;
    if (named == null || named.isBlank()) {
      throw new RequestRejectedException(
          "No stream is named. Set the header CamelHolySheepStreamId, or the body, to the id of the"
              + " stream, which all its parts have in that header.",
          FailureContext.NONE);
    }
    return named.strip();
  }

  private static @Nullable String text(@Nullable Object body) {
    return body instanceof String text ? text : null;
  }
}
