package ai.holysheep.camel.convert;

import ai.holysheep.camel.chat.ChatEvent;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeExtension;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Message;
import org.apache.camel.support.ExchangeHelper;

/**
 * Makes of each event of a call an exchange of its own: with the headers, properties and variables
 * of the exchange that asked, as a part of a split has them. That exchange must not change
 * meanwhile. Thread-safe.
 */
public final class EventExchanges {

  private final Exchange asking;
  private final EventMessages messages;

  public EventExchanges(Exchange asking, EventMessages messages) {
    this.asking = asking;
    this.messages = messages;
    EventMessages.forgetEarlierAnswer(asking.getMessage());
  }

  /** The exchange of one event. Nobody is to answer it, whatever becomes of the one that asked. */
  public Exchange of(ChatEvent event) {
    Exchange part = ExchangeHelper.createCorrelatedCopy(asking, false);
    Message message = part.getMessage();
    if (message instanceof StreamMessage) {
      message = StreamMessage.part(asking);
      part.setMessage(message);
    }
    messages.fill(message, event);
    part.setPattern(ExchangePattern.InOnly);
    forgetMarks(part);
    return part;
  }

  /** What was noted at the exchange that asked is not to keep its parts from being routed. */
  private static void forgetMarks(Exchange part) {
    part.setException(null);
    part.setRouteStop(false);
    part.setRollbackOnly(false);
    part.setRollbackOnlyLast(false);
    ExchangeExtension extension = part.getExchangeExtension();
    extension.setRedeliveryExhausted(false);
    extension.setErrorHandlerHandled(null);
  }
}
