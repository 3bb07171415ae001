package ai.holysheep.camel;

import ai.holysheep.camel.client.ChatClient;
import ai.holysheep.camel.client.ClientLimits;
import ai.holysheep.camel.client.FewThreads;
import ai.holysheep.camel.client.PushThreads;
import ai.holysheep.camel.client.Transports;
import ai.holysheep.camel.client.session.Sessions;
import ai.holysheep.camel.transport.SocketTransport;
import ai.holysheep.camel.transport.SystemTimers;
import ai.holysheep.camel.transport.http.HttpSettings;
import ai.holysheep.camel.transport.http.HttpTransport;
import ai.holysheep.camel.transport.http.SignallingHttpTransport;
import ai.holysheep.camel.transport.websocket.VertxSockets;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;

/**
 * What all endpoints of a component share while it runs: threads, connections, and the client that
 * uses them. None of the pools has a thread, and no connection is open, before somebody asks. The
 * component closes it.
 */
final class ChatEngine {

  private final ExecutorServiceManager executors;
  private final ScheduledExecutorService timerThread;
  private final ExecutorService workers;
  private final FewThreads fewWorkers;
  private final ExecutorService publisherThreads;
  private final Transports transports;
  private final ChatClient client;
  private final SocketTransport sockets;
  private final Sessions sessions;

  private ChatEngine(
      HolySheepComponent component,
      HttpSettings settings,
      int workerCount,
      ClientLimits limits,
      int maxSessions) {
    CamelContext context = component.getCamelContext();
    executors = context.getExecutorServiceManager();
    timerThread = timerThread(component);
    workers = workers(component, workerCount);
    publisherThreads = executors.newCachedThreadPool(component, "HolySheepPublisher");
    SystemTimers timers = new SystemTimers(timerThread);
    fewWorkers = new FewThreads(workers, workerCount, timers);
    transports =
        new Transports(
            new HttpTransport(settings, timers), new SignallingHttpTransport(settings, timers));
    client =
        new ChatClient(
            transports,
            timers,
            fewWorkers,
            limits,
            () -> ThreadLocalRandom.current().nextDouble(),
            CallObserving.of(component));
    sockets = new VertxSockets(settings, context.getRegistry()::findSingleByType);
    sessions = new Sessions(client, sockets, maxSessions, component.agentRoutes());
  }

  /**
   * Makes what a component needs.
   *
   * @param workerCount how many threads route the parts of streams that are pushed
   * @param limits what all calls have in common
   * @param maxSessions how many agent sessions there may be at once
   */
  static ChatEngine start(
      HolySheepComponent component,
      HttpSettings settings,
      int workerCount,
      ClientLimits limits,
      int maxSessions) {
    return new ChatEngine(component, settings, workerCount, limits, maxSessions);
  }

  ChatClient client() {
    return client;
  }

  /** The agent sessions of all endpoints. */
  Sessions sessions() {
    return sessions;
  }

  /**
   * The threads on which parts are routed that are pushed.
   *
   * @param ofThePool whether routes may wait
   */
  PushThreads threads(boolean ofThePool) {
    return ofThePool ? PushThreads.of(fewWorkers) : PushThreads.ofTransport(workers);
  }

  /** As many threads as wait: publishers of streams for their parts, routes for what follows. */
  Executor publisherThreads() {
    return publisherThreads;
  }

  void close() {
    sessions.closeAll("the component has stopped");
    sockets.close();
    transports.waiting().close();
    transports.signalling().close();
    executors.shutdown(workers);
    executors.shutdownNow(publisherThreads);
    executors.shutdownNow(timerThread);
  }

  /** Every open stream has a timer, so their number must not be limited as Camel's default is. */
  private ScheduledExecutorService timerThread(HolySheepComponent component) {
    ThreadPoolProfile profile =
        new ThreadPoolProfileBuilder("HolySheepTimer")
            .poolSize(1)
            .maxPoolSize(0)
            .maxQueueSize(-1)
            .build();
    return executors.newScheduledThreadPool(component, "HolySheepTimer", profile);
  }

  /**
   * Each stream has one task in it at most, so the queue needs no limit. Without a queue, streams
   * that find no thread would have to take that of the reactor.
   */
  private ExecutorService workers(HolySheepComponent component, int count) {
    ThreadPoolProfile profile =
        new ThreadPoolProfileBuilder("HolySheepWorker")
            .poolSize(count)
            .maxPoolSize(count)
            .maxQueueSize(Integer.MAX_VALUE)
            .allowCoreThreadTimeOut(true)
            .keepAliveTime(1L, TimeUnit.MINUTES)
            .rejectedPolicy(ThreadPoolRejectedPolicy.Abort)
            .build();
    return executors.newThreadPool(component, "HolySheepWorker", profile);
  }
}
