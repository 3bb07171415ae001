package ai.holysheep.camel;

import ai.holysheep.camel.chat.ChatRequest;
import ai.holysheep.camel.client.CallSettings;
import ai.holysheep.camel.client.PushThreads;
import ai.holysheep.camel.convert.RouteFailures;
import ai.holysheep.camel.error.FailureContext;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.error.RequestRejectedException;
import java.util.Objects;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.support.DefaultAsyncProducer;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;

/**
 * Asks a model and sends each event of the answer to the endpoint that the option {@code streamTo}
 * names. The exchange that asks goes on, on a thread of the component's pool, when all is over; it
 * holds no thread until then.
 */
@ManagedResource(description = "HolySheep producer")
public class HolySheepPushProducer extends DefaultAsyncProducer implements ManagedCalls {

  private @Nullable ChatCalls calls;
  private @Nullable EventTarget target;
  private @Nullable PushThreads threads;

  public HolySheepPushProducer(HolySheepEndpoint endpoint) {
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
    HolySheepConfiguration configuration = getEndpoint().getConfiguration();
    String uri = Objects.requireNonNull(configuration.getStreamTo(), "streamTo");
    calls = ChatCalls.of(getEndpoint());
    threads = getEndpoint().getComponent().engine().threads(configuration.isUseWorkerPool());
    target = new EventTarget(getEndpoint(), getEndpoint().getCamelContext(), uri);
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    ServiceHelper.startService(target);
  }

  @Override
  protected void doStop() throws Exception {
    ServiceHelper.stopService(target);
    super.doStop();
  }

  @Override
  protected void doShutdown() throws Exception {
    ServiceHelper.stopAndShutdownService(target);
    super.doShutdown();
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    RouteFailures.forget(exchange);
    try {
      ask(exchange, callback, Objects.requireNonNull(calls, "initialized"));
      return false;
    } catch (HolySheepException e) {
      exchange.setException(RouteFailures.note(exchange, e));
    } catch (RuntimeException e) {
      exchange.setException(e);
    }
    callback.done(true);
    return true;
  }

  private void ask(Exchange exchange, AsyncCallback callback, ChatCalls with) {
    CallSettings settings = with.settings(exchange);
    ChatRequest request = with.request(exchange);
    if (!request.stream()) {
      throw new RequestRejectedException(
          "The header "
              + HolySheepConstants.STREAM
              + " asks for a whole answer, but this endpoint sends each part to another one (option"
              + " 'streamTo'). Ask with an endpoint without that option.",
          FailureContext.NONE);
    }
    EventTarget to = Objects.requireNonNull(target, "initialized");
    PushThreads on = Objects.requireNonNull(threads, "initialized");
    boolean stopOnException = getEndpoint().getConfiguration().isStopOnException();
    String owner = ExchangeHelper.getAtRouteId(exchange);
    new PushToEndpoint(exchange, callback, with, to, on, stopOnException)
        .begin(receiver -> with.client().pushed(request, settings, owner, receiver, on));
  }
}
