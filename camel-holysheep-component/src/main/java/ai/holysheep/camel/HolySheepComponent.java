package ai.holysheep.camel;

import ai.holysheep.camel.accounting.Spent;
import ai.holysheep.camel.chat.ActiveSession;
import ai.holysheep.camel.chat.ActiveStream;
import ai.holysheep.camel.client.ClientLimits;
import ai.holysheep.camel.client.SecretHeaders;
import ai.holysheep.camel.convert.Converters;
import ai.holysheep.camel.transport.http.HttpSettings;
import java.math.BigDecimal;
import java.net.URI;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Endpoint;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The component {@code holysheep}. All its endpoints share one pool of connections, which is made
 * when it starts and closed when it stops.
 */
@ManagedResource(description = "HolySheep")
@Component(HolySheepConstants.SCHEME)
public class HolySheepComponent extends HolySheepComponentOptions {

  private static final Logger LOG = LoggerFactory.getLogger(HolySheepComponent.class);
  private static final String ADDITIONAL_HEADER = "additionalHeader.";

  @Metadata private HolySheepConfiguration configuration = new HolySheepConfiguration();

  @Metadata
  private HolySheepSessionConfiguration sessionConfiguration = new HolySheepSessionConfiguration();

  private final Set<String> warnings = ConcurrentHashMap.newKeySet();
  private final AgentRoutes agentRoutes = new AgentRoutes();
  private @Nullable ChatEngine engine;
  private @Nullable StreamsOfRoutes streamsOfRoutes;

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    HolySheepEndpoint endpoint =
        new HolySheepEndpoint(
            uri, this, operation(remaining), configuration.copy(), sessionConfiguration.copy());
    warnOfSecrets(parameters);
    NumbersOfAddress numbers = new NumbersOfAddress(parameters);
    setProperties(endpoint, parameters);
    numbers.check(endpoint, (PropertyConfigurerGetter) getEndpointPropertyConfigurer());
    return endpoint;
  }

  /** Camel masks the values of addresses by the names of options, and knows no HTTP headers. */
  private void warnOfSecrets(Map<String, Object> parameters) {
    parameters.forEach(
        (name, value) -> {
          boolean stands = name.startsWith(ADDITIONAL_HEADER) && !value.toString().startsWith("#");
          if (stands && SecretHeaders.isSecret(name.substring(ADDITIONAL_HEADER.length()))) {
            warnOnce(
                "The value of "
                    + name
                    + " stands in the address of an endpoint, which Camel shows in logs and JMX. Set"
                    + " it on the component, or write "
                    + name
                    + "=#property:NAME with the name of a property that holds it.");
          }
        });
  }

  /** To be called when requests are about to go to an address. */
  void warnOfExposure(URI baseUrl) {
    if (BaseUrls.isExposed(baseUrl)) {
      warnOnce(
          "Requests to "
              + baseUrl.getHost()
              + " go unencrypted: whoever is on the way can read the prompts and the key. Use"
              + " https:// in 'baseUrl'.");
    }
  }

  private void warnOnce(String warning) {
    if (warnings.add(warning)) {
      LOG.warn(warning);
    }
  }

  private static HolySheepOperation operation(String word) {
    return Arrays.stream(HolySheepOperation.values())
        .filter(operation -> operation.name().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Unknown operation '"
                        + word
                        + "': an endpoint is one of holysheep:"
                        + Arrays.toString(HolySheepOperation.values())
                        + "."));
  }

  @Override
  protected void doInit() throws Exception {
    super.doInit();
    if (engine == null) {
      HttpSettings settings = ConnectionOptions.of(this);
      ChatEngine started =
          ChatEngine.start(
              this,
              settings,
              CallOptions.atLeastOne("workerPoolSize", getWorkerPoolSize()),
              new ClientLimits(
                  settings.connectTimeout(),
                  settings.connectionRequestTimeout(),
                  CallOptions.count("retryBudget", getRetryBudget()),
                  PriceOptions.windowBudget(this)),
              CallOptions.atLeastOne("maxSessions", getMaxSessions()));
      engine = started;
      Converters.register(getCamelContext().getTypeConverterRegistry(), started.client().encoder());
      streamsOfRoutes = new StreamsOfRoutes(started.client(), this::isCancelOnShutdown);
      streamsOfRoutes.watch(getCamelContext());
    }
  }

  /** The keys and trusted certificates for https; null for those of the JVM. */
  @Nullable SSLContextParameters tls() {
    SSLContextParameters own = getSslContextParameters();
    return own == null ? retrieveGlobalSslContextParameters() : own;
  }

  @Override
  protected void doStop() throws Exception {
    if (engine != null) {
      engine.sessions().closeAll("the Camel context stops");
      engine.client().cancelAll("the Camel context stops");
    }
    super.doStop();
  }

  @Override
  protected void doShutdown() throws Exception {
    if (streamsOfRoutes != null) {
      streamsOfRoutes.leave(getCamelContext());
    }
    if (engine != null) {
      engine.close();
    }
    super.doShutdown();
  }

  /**
   * Ends a stream that is under way: its connection is closed, and who takes its parts gets a
   * {@link ai.holysheep.camel.error.CallCancelledException}. Any thread may call this.
   *
   * @param streamId the id in the header {@code CamelHolySheepStreamId}
   * @return whether a stream with this id was under way
   */
  @ManagedOperation(description = "End a stream that is under way, by its id")
  public boolean cancelStream(String streamId) {
    ChatEngine running = engine;
    String reason = "somebody asked for it by its stream id";
    return running != null
        && (running.client().cancel(streamId, reason)
            || running.sessions().cancel(streamId, reason));
  }

  /**
   * The calls that are under way, streams and whole answers, the oldest first. Any thread may call
   * this; it never waits.
   */
  public List<ActiveStream> activeStreams() {
    ChatEngine running = engine;
    return running == null
        ? List.of()
        : running.client().activeStreams().stream()
            .sorted(Comparator.comparing(ActiveStream::age).reversed())
            .toList();
  }

  /** The agent sessions that there are, by their names. Any thread may call this. */
  public List<ActiveSession> activeSessions() {
    ChatEngine running = engine;
    return running == null
        ? List.of()
        : running.sessions().states().stream()
            .sorted(Comparator.comparing(ActiveSession::sessionId))
            .toList();
  }

  /** How many agent sessions there are. */
  @ManagedAttribute(description = "Agent sessions")
  public int getSessionCount() {
    ChatEngine running = engine;
    return running == null ? 0 : running.sessions().count();
  }

  /** The agent sessions that there are, each as one text. */
  @ManagedOperation(description = "Agent sessions, by their names")
  public List<String> listSessions() {
    return activeSessions().stream().map(ActiveSession::toString).toList();
  }

  /** How many calls are under way, streams and whole answers. */
  @ManagedAttribute(description = "Calls that are under way, streams and whole answers")
  public int getActiveStreamCount() {
    return activeStreams().size();
  }

  /** The tokens of the calls that have ended within budgetWindow. */
  @ManagedAttribute(description = "Tokens of the calls that have ended within budgetWindow")
  public long getSpentTokens() {
    return spent().tokens();
  }

  /** What the calls cost in US dollars that have ended within budgetWindow, as far as known. */
  @ManagedAttribute(
      description = "What the calls cost in US dollars that have ended within budgetWindow")
  public BigDecimal getSpentDollars() {
    return spent().dollars();
  }

  private Spent spent() {
    ChatEngine running = engine;
    return running == null ? Spent.NOTHING : running.client().spent();
  }

  /** The calls that are under way, each as one text, the oldest first. */
  @ManagedOperation(description = "Calls that are under way, the oldest first")
  public List<String> listActiveStreams() {
    return activeStreams().stream().map(ActiveStream::toString).toList();
  }

  /** What all endpoints share while the component runs. */
  ChatEngine engine() {
    return Objects.requireNonNull(engine, "initialized");
  }

  /** The routes that begin with agent sessions. */
  AgentRoutes agentRoutes() {
    return agentRoutes;
  }

  public HolySheepSessionConfiguration getSessionConfiguration() {
    return sessionConfiguration;
  }

  /** The defaults of all endpoints of agent sessions. */
  public void setSessionConfiguration(HolySheepSessionConfiguration sessionConfiguration) {
    this.sessionConfiguration = sessionConfiguration;
  }

  public HolySheepConfiguration getConfiguration() {
    return configuration;
  }

  /** The defaults of all endpoints of this component. */
  public void setConfiguration(HolySheepConfiguration configuration) {
    this.configuration = configuration;
  }
}
