package ai.holysheep.camel.respond;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.platform.http.vertx.HttpMessage;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeCreatedEvent;
import org.apache.camel.support.EventNotifierSupport;

/**
 * Notes at each exchange that a request of platform-http begins where its reply goes. The server
 * leaves that in the class of the message, and the first step of a route that sets a body replaces
 * the message by one of another class. Thread-safe.
 */
public final class RequestsNoted extends EventNotifierSupport {

  /** The exchange property that holds the reply. */
  static final String REPLY = "CamelHolySheepHttpReply";

  private RequestsNoted() {
    setIgnoreCamelContextEvents(true);
    setIgnoreCamelContextInitEvents(true);
    setIgnoreRouteEvents(true);
    setIgnoreServiceEvents(true);
    setIgnoreStepEvents(true);
    setIgnoreExchangeCompletedEvent(true);
    setIgnoreExchangeFailedEvents(true);
    setIgnoreExchangeRedeliveryEvents(true);
    setIgnoreExchangeSendingEvents(true);
    setIgnoreExchangeSentEvents(true);
  }

  /** Begins to note the requests of a context; nothing where that was begun before. */
  public static void begin(CamelContext context) {
    synchronized (RequestsNoted.class) {
      boolean begun =
          context.getManagementStrategy().getEventNotifiers().stream()
              .anyMatch(RequestsNoted.class::isInstance);
      if (!begun) {
        context.getManagementStrategy().addEventNotifier(new RequestsNoted());
      }
    }
  }

  @Override
  public boolean isEnabled(CamelEvent event) {
    return event instanceof ExchangeCreatedEvent;
  }

  @Override
  public void notify(CamelEvent event) {
    Exchange exchange = ((ExchangeCreatedEvent) event).getExchange();
    if (exchange.getMessage() instanceof HttpMessage request) {
      exchange.setProperty(REPLY, request.getResponse());
    }
  }
}
