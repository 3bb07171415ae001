package ai.holysheep.camel;

import ai.holysheep.camel.chat.ChatRequest;
import ai.holysheep.camel.chat.EventReceiver;
import ai.holysheep.camel.chat.EventStream;
import ai.holysheep.camel.chat.FrameNames;
import ai.holysheep.camel.chat.PushedCall;
import ai.holysheep.camel.chat.StreamFormat;
import ai.holysheep.camel.client.CallSettings;
import ai.holysheep.camel.client.PushThreads;
import ai.holysheep.camel.client.session.SessionRequest;
import ai.holysheep.camel.client.session.SessionSettings;
import ai.holysheep.camel.client.session.Sessions;
import ai.holysheep.camel.convert.ChatStream;
import ai.holysheep.camel.convert.RouteFailures;
import ai.holysheep.camel.convert.SessionInput;
import ai.holysheep.camel.convert.StreamFormats;
import ai.holysheep.camel.convert.StreamOutlet;
import ai.holysheep.camel.error.HolySheepException;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.support.DefaultAsyncProducer;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;

/**
 * Speaks in an agent session. The input of a user begins a turn: where the exchange wants a reply,
 * that is the stream of its events; with the option {@code streamTo} they are sent there; otherwise
 * the route that begins with the session has them. Everything else goes into the session, and the
 * exchange goes on when it is sent.
 */
@ManagedResource(description = "HolySheep producer")
public class HolySheepAgentProducer extends DefaultAsyncProducer implements ManagedCalls {

  private @Nullable ChatCalls calls;
  private @Nullable SessionSettings settings;
  private @Nullable PushThreads threads;
  private @Nullable EventTarget target;

  public HolySheepAgentProducer(HolySheepEndpoint endpoint) {
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
    ChatCalls with = ChatCalls.of(getEndpoint());
    calls = with;
    settings = SessionOptions.of(getEndpoint().getSessionConfiguration(), with.options().baseUrl());
    threads = getEndpoint().getComponent().engine().threads(configuration.isUseWorkerPool());
    if (configuration.getStreamTo() != null) {
      target =
          new EventTarget(
              getEndpoint(), getEndpoint().getCamelContext(), configuration.getStreamTo());
    }
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
      return speak(exchange, callback);
    } catch (HolySheepException e) {
      exchange.setException(RouteFailures.note(exchange, e));
    } catch (RuntimeException e) {
      exchange.setException(e);
    }
    callback.done(true);
    return true;
  }

  private boolean speak(Exchange exchange, AsyncCallback callback) {
    HolySheepSessionConfiguration options = getEndpoint().getSessionConfiguration();
    SessionInput input = SessionInput.of(exchange, options.getSession(), options.getClientEvent());
    exchange.getMessage().setHeader(HolySheepConstants.SESSION_ID, input.session());
    // Takes the key and the address off the message, whatever it says.
    CallSettings how = with().settings(exchange);
    return switch (input.event()) {
      case FrameNames.USER_INPUT -> turn(exchange, callback, input, how);
      case SessionInput.CLOSE -> {
        sessions().close(input.session(), "the route closed it");
        callback.done(true);
        yield true;
      }
      default -> tell(exchange, callback, input);
    };
  }

  private boolean tell(Exchange exchange, AsyncCallback callback, SessionInput input) {
    Sending sending = new Sending(exchange, callback, waitingThreads());
    sessions()
        .tell(
            input.session(),
            sessionSettings(),
            SessionOptions.frameNames(getEndpoint().getSessionConfiguration()),
            input.event(),
            input.body(),
            input.toolName(),
            input.toolCallId(),
            sending);
    return sending.isDoneInTime();
  }

  private boolean turn(
      Exchange exchange, AsyncCallback callback, SessionInput input, CallSettings how) {
    ChatCalls with = with();
    ChatRequest asked = with.requestWithoutPrompt(exchange);
    SessionRequest request =
        new SessionRequest(asked.systemMessage(), asked.overrides(), asked.defaults(), how);
    String owner = ExchangeHelper.getAtRouteId(exchange);
    Function<EventReceiver, PushedCall> prepared =
        receiver ->
            sessions()
                .turn(
                    input.session(),
                    sessionSettings(),
                    Objects.requireNonNullElse(input.body(), ""),
                    request,
                    owner,
                    receiver,
                    on());
    EventTarget to = target;
    if (to != null) {
      boolean stopOnException = getEndpoint().getConfiguration().isStopOnException();
      new PushToEndpoint(exchange, callback, with, to, on(), stopOnException).begin(prepared);
      return false;
    }
    if (exchange.getPattern().isOutCapable()) {
      stream(exchange, prepared, with, how);
    } else {
      begin(prepared, consumer(input.session()), exchange);
    }
    callback.done(true);
    return true;
  }

  private static void begin(
      Function<EventReceiver, PushedCall> prepared,
      HolySheepAgentConsumer consumer,
      Exchange exchange) {
    EventReceiver receiver = consumer.receiver(exchange);
    try {
      prepared.apply(receiver).begin();
    } catch (RuntimeException e) {
      consumer.turnIsOver();
      throw e;
    }
  }

  private HolySheepAgentConsumer consumer(String session) {
    HolySheepAgentConsumer consumer = getEndpoint().getComponent().agentRoutes().of(session);
    if (consumer == null) {
      throw SessionInput.nobodyListens(session);
    }
    return consumer;
  }

  private void stream(
      Exchange exchange,
      Function<EventReceiver, PushedCall> prepared,
      ChatCalls with,
      CallSettings how) {
    StreamFormat format = with.streamFormat(exchange);
    EventStream events = with.client().awaited(how.failureAsEvent(), prepared);
    StreamFormat written = format == null ? StreamFormat.TEXT : format;
    StreamOutlet outlet =
        new StreamOutlet(() -> with.client().encoder(written, events.id()), waitingThreads());
    ChatStream.into(exchange, events, with.messages(), outlet);
    if (format != null) {
      StreamFormats.describe(exchange.getMessage(), format);
    }
  }

  private Executor waitingThreads() {
    return getEndpoint().getComponent().engine().publisherThreads();
  }

  private Sessions sessions() {
    return getEndpoint().getComponent().engine().sessions();
  }

  private ChatCalls with() {
    return Objects.requireNonNull(calls, "initialized");
  }

  private SessionSettings sessionSettings() {
    return Objects.requireNonNull(settings, "initialized");
  }

  private PushThreads on() {
    return Objects.requireNonNull(threads, "initialized");
  }
}
