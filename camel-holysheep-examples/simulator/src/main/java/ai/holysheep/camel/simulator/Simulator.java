package ai.holysheep.camel.simulator;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.file.FileSystemOptions;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A HolySheep API on 127.0.0.1: models, and chat completions whole or streamed, with made-up
 * answers at the published pace. Who starts it closes it. All methods may be called from any thread
 * but its own event loops.
 */
public final class Simulator implements AutoCloseable {

  private final Vertx vertx;
  private final AgentSockets agents;
  private final Traffic traffic;
  private final int port;

  private Simulator(Vertx vertx, AgentSockets agents, Traffic traffic, int port) {
    this.vertx = vertx;
    this.agents = agents;
    this.traffic = traffic;
    this.port = port;
  }

  /**
   * Starts with {@link SimulatorOptions#defaults()} and returns once it listens.
   *
   * @return the running simulator
   */
  public static Simulator start() {
    return start(SimulatorOptions.defaults());
  }

  /**
   * Starts and returns once it listens.
   *
   * @param options where, how fast, and for whom
   * @return the running simulator
   * @throws IllegalStateException if it cannot listen, for instance because the port is taken
   */
  public static Simulator start(SimulatorOptions options) {
    Vertx vertx = Vertx.vertx(vertxOptions(options));
    Traffic traffic = new Traffic();
    AgentSockets agents = new AgentSockets(vertx, options.agentOffer(), traffic);
    ChatHandler chat = new ChatHandler(vertx, options, agents, traffic);
    AtomicInteger port = new AtomicInteger();
    try {
      await(deploy(vertx, options, chat, traffic, port));
    } catch (CompletionException e) {
      await(vertx.close());
      throw cannotListen(options.port(), e.getCause());
    }
    return new Simulator(vertx, agents, traffic, port.get());
  }

  private static Future<String> deploy(
      Vertx vertx,
      SimulatorOptions options,
      ChatHandler chat,
      Traffic traffic,
      AtomicInteger port) {
    KeyCheck keyCheck = new KeyCheck(options.apiKey());
    // A negative port is a free one that all instances share; with 0 each would take its own.
    int asked = options.port() == 0 ? -1 : options.port();
    return vertx.deployVerticle(
        () -> new ApiServer(asked, keyCheck, chat, traffic, port::set),
        new DeploymentOptions().setInstances(options.eventLoops()));
  }

  private static VertxOptions vertxOptions(SimulatorOptions options) {
    // Nothing is resolved and no file is served: without servers to ask and a cache to fill, Vert.x
    // neither reads the machine's settings nor leaves a temporary folder behind.
    return new VertxOptions()
        .setEventLoopPoolSize(options.eventLoops())
        .setWorkerPoolSize(1)
        .setInternalBlockingPoolSize(1)
        .setAddressResolverOptions(new AddressResolverOptions().setServers(List.of("127.0.0.1")))
        .setFileSystemOptions(
            new FileSystemOptions()
                .setFileCachingEnabled(false)
                .setClassPathResolvingEnabled(false));
  }

  private static IllegalStateException cannotListen(int port, @Nullable Throwable cause) {
    String where = ApiServer.HOST + (port == 0 ? "" : ":" + port);
    return new IllegalStateException(
        "The simulator cannot listen on " + where + "; is the port taken?", cause);
  }

  /**
   * The address that clients take as their base URL.
   *
   * @return {@code http://127.0.0.1:PORT/v1}, without a slash at the end
   */
  public String baseUrl() {
    return "http://" + ApiServer.HOST + ":" + port + "/v1";
  }

  /**
   * The port it listens on.
   *
   * @return 1 to 65535
   */
  public int port() {
    return port;
  }

  /**
   * The requests received so far, oldest first. Only the last 1,000 are kept, and of these only as
   * many as have 32 million characters together.
   *
   * @return an immutable copy
   */
  public List<RecordedRequest> requests() {
    return traffic.requests();
  }

  /** Forgets the requests received so far. The counters of streams are kept. */
  public void clearRequests() {
    traffic.clear();
  }

  /**
   * How many streams are being sent now, stalled ones included.
   *
   * @return 0 or more
   */
  public int openStreams() {
    return traffic.openStreams();
  }

  /**
   * How many streams the client left before their end, since the start. Those that {@link #close()}
   * ends are counted too.
   *
   * @return 0 or more
   */
  public int cancelledStreams() {
    return traffic.cancelledStreams();
  }

  /**
   * How many sockets of agent sessions are open.
   *
   * @return 0 or more
   */
  public int openSockets() {
    return traffic.openSockets();
  }

  /**
   * How many sockets of agent sessions have been closed since the start, by whom and how ever.
   *
   * @return 0 or more
   */
  public int closedSockets() {
    return traffic.closedSockets();
  }

  /**
   * The events that clients have sent over sockets so far, oldest first, but for all before the
   * last 1,000.
   *
   * @return an immutable copy
   */
  public List<ClientFrame> clientFrames() {
    return traffic.frames();
  }

  /**
   * Closes every socket with the code 1001, cuts every other connection and returns once the port
   * is free. Does nothing the second time.
   */
  @Override
  public void close() {
    await(agents.close());
    await(vertx.close());
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }
}
