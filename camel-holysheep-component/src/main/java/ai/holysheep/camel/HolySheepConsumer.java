package ai.holysheep.camel;

import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.chat.ChatRequest;
import ai.holysheep.camel.client.CallSettings;
import ai.holysheep.camel.client.PushThreads;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.ScheduledPollConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks a model each time its scheduler polls, and routes the answer: with {@code stream=true} each
 * event as an exchange of its own, otherwise the whole of it. A poll ends with its stream, so the
 * next one begins after that.
 */
public class HolySheepConsumer extends ScheduledPollConsumer implements ShutdownAware {

  private @Nullable ChatCalls calls;
  private @Nullable PromptSource prompt;
  private @Nullable PushThreads threads;
  private volatile @Nullable PushToRoute current;

  public HolySheepConsumer(HolySheepEndpoint endpoint, Processor processor) {
    super(endpoint, processor);
  }

  @Override
  public HolySheepEndpoint getEndpoint() {
    return (HolySheepEndpoint) super.getEndpoint();
  }

  @Override
  protected void doInit() throws Exception {
    super.doInit();
    HolySheepConfiguration configuration = getEndpoint().getConfiguration();
    prompt = PromptSource.of(configuration.getPrompt(), getEndpoint().getCamelContext());
    calls = ChatCalls.of(getEndpoint());
    threads = getEndpoint().getComponent().engine().threads(configuration.isUseWorkerPool());
  }

  @Override
  protected int poll() throws Exception {
    ChatCalls with = Objects.requireNonNull(calls, "initialized");
    Exchange asking = getEndpoint().createExchange();
    asking.getMessage().setBody(Objects.requireNonNull(prompt, "initialized").text(asking));
    CallSettings settings = with.settings(asking);
    ChatRequest request = with.request(asking);
    if (request.stream()) {
      return stream(request, settings, with);
    }
    route(with.client().ask(request, settings, getRouteId()), with);
    return 1;
  }

  private void route(ChatAnswer answer, ChatCalls with) throws Exception {
    Exchange exchange = createExchange(false);
    try {
      with.messages().fill(exchange.getMessage(), answer);
      getProcessor().process(exchange);
      if (exchange.getException() != null) {
        getExceptionHandler()
            .handleException("The answer was not routed", exchange, exchange.getException());
      }
    } finally {
      releaseExchange(exchange, false);
    }
  }

  private int stream(ChatRequest request, CallSettings settings, ChatCalls with)
      throws InterruptedException {
    PushThreads on = Objects.requireNonNull(threads, "initialized");
    boolean stopOnException = getEndpoint().getConfiguration().isStopOnException();
    PushToRoute push = new PushToRoute(this, with.messages(), stopOnException);
    current = push;
    try {
      push.begin(with.client().pushed(request, settings, getRouteId(), push, on));
      return push.await();
    } finally {
      current = null;
    }
  }

  /** A stream that is under way ends with the consumer, if the route's shutdown let it go on. */
  @Override
  protected void doStop() throws Exception {
    PushToRoute push = current;
    if (push != null) {
      push.cancel("the route stops");
    }
    super.doStop();
  }

  /** New polls are not wanted while the route stops; the stream under way may come to its end. */
  @Override
  public boolean deferShutdown(ShutdownRunningTask task) {
    return false;
  }

  /** Between two parts no exchange is under way, but their stream is. */
  @Override
  public int getPendingExchangesSize() {
    return current == null ? 0 : 1;
  }

  @Override
  public void prepareShutdown(boolean suspendOnly, boolean forced) {
    // The component ends the streams of routes that must stop at once.
  }
}
