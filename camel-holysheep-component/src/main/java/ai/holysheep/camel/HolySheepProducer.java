package ai.holysheep.camel;

import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.chat.ChatRequest;
import ai.holysheep.camel.chat.EventStream;
import ai.holysheep.camel.client.CallSettings;
import ai.holysheep.camel.client.ChatClient;
import ai.holysheep.camel.convert.ChatStream;
import ai.holysheep.camel.convert.EventMessages;
import ai.holysheep.camel.convert.RequestDefaults;
import ai.holysheep.camel.convert.Requests;
import ai.holysheep.camel.convert.RouteFailures;
import ai.holysheep.camel.error.HolySheepException;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.support.ExchangeHelper;
import org.jspecify.annotations.Nullable;

/**
 * Asks a model on the thread of the exchange. The request is refused, or the stream is open, when
 * the exchange goes on.
 */
public class HolySheepProducer extends DefaultProducer {

  private @Nullable CallOptions options;
  private @Nullable EventMessages messages;

  public HolySheepProducer(HolySheepEndpoint endpoint) {
    super(endpoint);
  }

  @Override
  public HolySheepEndpoint getEndpoint() {
    return (HolySheepEndpoint) super.getEndpoint();
  }

  @Override
  protected void doInit() throws Exception {
    super.doInit();
    HolySheepConfiguration configuration = getEndpoint().getConfiguration();
    CallOptions checked = CallOptions.of(configuration, getEndpoint().getCamelContext());
    getEndpoint().getComponent().warnOfExposure(checked.baseUrl());
    options = checked;
    messages = new EventMessages(configuration.getBodyFormat(), client().encoder());
  }

  @Override
  public void process(Exchange exchange) {
    RouteFailures.forget(exchange);
    try {
      ask(exchange);
    } catch (HolySheepException e) {
      throw RouteFailures.note(exchange, e);
    }
  }

  private void ask(Exchange exchange) {
    CallOptions set = Objects.requireNonNull(options, "initialized");
    CallSettings settings = set.settings(exchange);
    RequestDefaults defaults = set.defaults();
    ChatRequest request = Requests.of(exchange, defaults);
    String routeId = ExchangeHelper.getAtRouteId(exchange);
    EventMessages into = Objects.requireNonNull(messages, "initialized");
    if (request.stream()) {
      EventStream events = client().stream(request, settings, routeId);
      ChatStream.into(exchange, events, into);
    } else {
      ChatAnswer answer = client().ask(request, settings, routeId);
      into.fill(exchange.getMessage(), answer);
    }
  }

  private ChatClient client() {
    return getEndpoint().getComponent().client();
  }
}
