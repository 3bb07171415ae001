package ai.holysheep.camel;

import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.EventReceiver;
import ai.holysheep.camel.convert.EventMessages;
import ai.holysheep.camel.convert.SessionMessages;
import ai.holysheep.camel.error.HolySheepException;
import java.util.Map;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Routes the events of one turn of a session, each with the headers of the message that asked.
 * Called by one thread at a time.
 */
final class TurnToRoute implements EventReceiver {

  private final HolySheepAgentConsumer consumer;
  private final Map<String, Object> headers;
  private final EventMessages messages;
  private final boolean stopOnException;
  private boolean told;

  TurnToRoute(
      HolySheepAgentConsumer consumer,
      Map<String, Object> asked,
      EventMessages messages,
      boolean stopOnException) {
    this.consumer = consumer;
    this.headers = SessionMessages.ofAsker(asked);
    this.messages = messages;
    this.stopOnException = stopOnException;
  }

  @Override
  public void receive(ChatEvent event, Taken taken) {
    told = event.isLast();
    Exchange exchange = consumer.createExchange(false);
    exchange.getMessage().getHeaders().putAll(headers);
    messages.fill(exchange.getMessage(), event);
    consumer.getAsyncProcessor().process(exchange, doneSync -> routed(exchange, taken));
  }

  private void routed(Exchange exchange, Taken taken) {
    Exception cause = EventTarget.failure(exchange);
    report(exchange, cause);
    consumer.releaseExchange(exchange, false);
    if (cause != null && stopOnException) {
      taken.failed(toString(), cause);
    } else {
      taken.done();
    }
  }

  private void report(Exchange exchange, @Nullable Exception cause) {
    if (cause != null) {
      consumer.getExceptionHandler().handleException("A part was not routed", exchange, cause);
    }
  }

  /** A turn that was refused has no events, and its route is told all the same. */
  @Override
  public void ended(@Nullable RuntimeException failure) {
    consumer.turnIsOver();
    if (!told && failure instanceof HolySheepException known) {
      Exchange exchange = consumer.createExchange(false);
      exchange.getMessage().getHeaders().putAll(headers);
      SessionMessages.fill(exchange.getMessage(), known);
      consumer
          .getAsyncProcessor()
          .process(
              exchange,
              doneSync -> {
                report(exchange, EventTarget.failure(exchange));
                consumer.releaseExchange(exchange, false);
              });
    }
  }

  @Override
  public String toString() {
    return "route " + consumer.getRouteId();
  }
}
