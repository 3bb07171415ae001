package ai.holysheep.camel;

import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.chat.ChatRequest;
import ai.holysheep.camel.chat.EventStream;
import ai.holysheep.camel.chat.StreamFormat;
import ai.holysheep.camel.client.CallSettings;
import ai.holysheep.camel.convert.ChatStream;
import ai.holysheep.camel.convert.RouteFailures;
import ai.holysheep.camel.convert.StreamFormats;
import ai.holysheep.camel.convert.StreamOutlet;
import ai.holysheep.camel.error.HolySheepException;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.support.ExchangeHelper;
import org.jspecify.annotations.Nullable;

/**
 * Asks a model on the thread of the exchange. The request is refused, or the stream is open, when
 * the exchange goes on.
 */
@ManagedResource(description = "HolySheep producer")
public class HolySheepProducer extends DefaultProducer implements ManagedCalls {

  private @Nullable ChatCalls calls;

  public HolySheepProducer(HolySheepEndpoint endpoint) {
    super(endpoint);
  }

  @Override
  public HolySheepEndpoint getEndpoint() {
    return (HolySheepEndpoint) super.getEndpoint();
  }

  @Override
  public HolySheepEndpoint callingEndpoint() {
    return getEndpoint();
  }

  @Override
  protected void doInit() throws Exception {
    super.doInit();
    calls = ChatCalls.of(getEndpoint());
  }

  @Override
  public void process(Exchange exchange) {
    RouteFailures.forget(exchange);
    try {
      ask(exchange, Objects.requireNonNull(calls, "initialized"));
    } catch (HolySheepException e) {
      throw RouteFailures.note(exchange, e);
    }
  }

  private void ask(Exchange exchange, ChatCalls with) {
    CallSettings settings = with.settings(exchange);
    ChatRequest request = with.request(exchange);
    String routeId = ExchangeHelper.getAtRouteId(exchange);
    StreamFormat format = with.streamFormat(exchange);
    if (request.stream()) {
      EventStream events = with.client().stream(request, settings, routeId);
      ChatStream.into(exchange, events, with.messages(), outlet(with, events.id(), format));
      if (format != null) {
        StreamFormats.describe(exchange.getMessage(), format);
      }
    } else {
      ChatAnswer answer = with.client().ask(request, settings, routeId);
      with.messages().fill(exchange.getMessage(), answer);
    }
  }

  private StreamOutlet outlet(ChatCalls with, String streamId, @Nullable StreamFormat format) {
    StreamFormat written = format == null ? StreamFormat.TEXT : format;
    return new StreamOutlet(
        () -> with.client().encoder(written, streamId),
        getEndpoint().getComponent().engine().publisherThreads());
  }
}
