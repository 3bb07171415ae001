package ai.holysheep.camel.convert.join;

import ai.holysheep.camel.HolySheepConstants;
import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.convert.EventMessages;
import ai.holysheep.camel.error.HolySheepException;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeExtension;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * Joins the exchanges of a stream. The first exchange of a group stands for the group; its body is
 * what has come, until the group is finished. Has no state of its own.
 */
public final class StreamJoin {

  private final PartReader reader;

  public StreamJoin(PartReader reader) {
    this.reader = reader;
  }

  /**
   * Adds an exchange to a group.
   *
   * @param group what was returned before; null for the first exchange
   * @param maxKeptCharacters how much of the answer is kept, and as much of its tool calls
   * @return the exchange that stands for the group
   * @throws IllegalArgumentException when the exchange is not a part, or one of another stream
   */
  public Exchange add(@Nullable Exchange group, Exchange exchange, int maxKeptCharacters) {
    ChatEvent event = event(exchange);
    if (group == null) {
      forgetWhatIsOver(exchange);
    } else {
      keepFailure(group, exchange);
    }
    Exchange answer = group == null ? exchange : group;
    if (event != null) {
      StreamParts known = group == null ? null : parts(group);
      StreamParts before = known == null ? StreamParts.none(event.origin().streamId()) : known;
      answer.getMessage().setBody(before.with(event, maxKeptCharacters));
    }
    return answer;
  }

  /** What an exchange holds; null where it has failed and holds nothing that can be read. */
  private @Nullable ChatEvent event(Exchange exchange) {
    try {
      return reader.event(exchange);
    } catch (IllegalArgumentException e) {
      if (exchange.getException() == null) {
        throw e;
      }
      // Why it failed is told by its own exception.
      return null;
    }
  }

  /** The end of the first part's own route must not end the route of the answer. */
  private static void forgetWhatIsOver(Exchange exchange) {
    exchange.setRouteStop(false);
    if (exchange.getException() == null) {
      ExchangeExtension extension = exchange.getExchangeExtension();
      extension.setErrorHandlerHandled(null);
      extension.setFailureHandled(false);
      extension.setRedeliveryExhausted(false);
    }
  }

  private static void keepFailure(Exchange group, Exchange part) {
    if (part.getException() != null && group.getException() == null) {
      group.setException(part.getException());
      group.setProperty(
          ExchangePropertyKey.FAILURE_ENDPOINT,
          part.getProperty(ExchangePropertyKey.FAILURE_ENDPOINT));
    }
    if (part.isRollbackOnly()) {
      group.setRollbackOnly(true);
    }
    if (part.isRollbackOnlyLast()) {
      group.setRollbackOnlyLast(true);
    }
  }

  /** Whether the last part of a group has come and all the others before it. */
  public boolean isComplete(Exchange group) {
    StreamParts parts = parts(group);
    return parts != null && parts.ended();
  }

  /**
   * Makes the answer of a group, or of as much as there is of it, its message. Does nothing with an
   * exchange that is no group.
   *
   * @param messages in which form
   */
  public void finish(Exchange group, EventMessages messages) {
    StreamParts parts = parts(group);
    if (parts == null) {
      return;
    }
    Joined joined = parts.joined();
    Message message = group.getMessage();
    messages.fill(message, joined.answer());
    Map<String, Object> headers = message.getHeaders();
    headers.put(HolySheepConstants.COMPLETE, joined.complete());
    if (joined.missing() != null) {
      headers.put(HolySheepConstants.MISSING, joined.missing());
    }
    if (joined.duplicateCount() > 0) {
      headers.put(HolySheepConstants.DUPLICATE_COUNT, joined.duplicateCount());
    }
    if (joined.failure() instanceof HolySheepException failure) {
      EventMessages.fill(message, failure);
      // Where an error handler would put it, so that ${exception.message} says what it was.
      group.setProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, failure);
    }
  }

  private static @Nullable StreamParts parts(Exchange group) {
    return group.getMessage().getBody() instanceof StreamParts parts ? parts : null;
  }
}
