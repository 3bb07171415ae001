package ai.holysheep.camel;

import ai.holysheep.camel.chat.EventReceiver;
import ai.holysheep.camel.chat.OtherMessage;
import ai.holysheep.camel.chat.SessionListener.Change;
import ai.holysheep.camel.convert.SessionMessages;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Begins a route with the events of an agent session, or of all sessions that have no route of
 * their own: those of turns whose asker wants no reply, and what the server says outside of turns.
 */
public class HolySheepAgentConsumer extends DefaultConsumer implements ShutdownAware {

  private final AtomicInteger turnsUnderWay = new AtomicInteger();

  private @Nullable ChatCalls calls;
  private @Nullable SessionNews news;

  public HolySheepAgentConsumer(HolySheepEndpoint endpoint, Processor processor) {
    super(endpoint, processor);
  }

  @Override
  public HolySheepEndpoint getEndpoint() {
    return (HolySheepEndpoint) super.getEndpoint();
  }

  @Override
  protected void doInit() throws Exception {
    super.doInit();
    calls = ChatCalls.of(getEndpoint());
    news = new SessionNews(this, getEndpoint().getComponent().engine().threads(true).turns());
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    routes().add(session(), this);
  }

  @Override
  protected void doStop() throws Exception {
    routes().remove(session(), this);
    super.doStop();
  }

  private AgentRoutes routes() {
    return getEndpoint().getComponent().agentRoutes();
  }

  private @Nullable String session() {
    String session = getEndpoint().getSessionConfiguration().getSession();
    return session == null || session.isBlank() ? null : session;
  }

  /** New turns may still be asked for by other routes, which stop before or after this one. */
  @Override
  public boolean deferShutdown(ShutdownRunningTask task) {
    return false;
  }

  /** Between two parts no exchange is under way, but their turn is. */
  @Override
  public int getPendingExchangesSize() {
    return turnsUnderWay.get();
  }

  @Override
  public void prepareShutdown(boolean suspendOnly, boolean forced) {
    // The component ends the sessions when it stops.
  }

  void turnIsOver() {
    turnsUnderWay.decrementAndGet();
  }

  /** Routes the events of one turn; each has the headers of the message that asked. */
  EventReceiver receiver(Exchange asking) {
    turnsUnderWay.incrementAndGet();
    return new TurnToRoute(
        this,
        asking.getMessage().getHeaders(),
        Objects.requireNonNull(calls, "initialized").messages(),
        getEndpoint().getConfiguration().isStopOnException());
  }

  /** Routes what happened to a session, where the route wants to know. */
  void changed(String sessionId, Change change, String detail) {
    if (getEndpoint().getSessionConfiguration().isSessionEvents()) {
      tell(message -> SessionMessages.fill(message, sessionId, change, detail));
    }
  }

  /** Routes what the server said outside of turns. */
  void received(String sessionId, OtherMessage said) {
    tell(message -> SessionMessages.fill(message, sessionId, said));
  }

  private void tell(SessionNews.Filling filling) {
    Objects.requireNonNull(news, "initialized").add(filling);
  }
}
