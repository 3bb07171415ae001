package ai.holysheep.camel;

import ai.holysheep.camel.chat.ActiveStream;
import ai.holysheep.camel.client.SecretHeaders;
import ai.holysheep.camel.convert.Converters;
import ai.holysheep.camel.transport.http.HttpProxy;
import ai.holysheep.camel.transport.http.HttpSettings;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import org.apache.camel.Endpoint;
import org.apache.camel.SSLContextParametersAware;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;
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
public class HolySheepComponent extends DefaultComponent implements SSLContextParametersAware {

  private static final Logger LOG = LoggerFactory.getLogger(HolySheepComponent.class);
  private static final String ADDITIONAL_HEADER = "additionalHeader.";
  private static final Duration KEEP_IDLE = Duration.ofMinutes(1);

  @Metadata private HolySheepConfiguration configuration = new HolySheepConfiguration();

  @Metadata
  private HolySheepSessionConfiguration sessionConfiguration = new HolySheepSessionConfiguration();

  @Metadata(label = "advanced", defaultValue = "10000")
  private int maxSessions = 10_000;

  @Metadata(label = "advanced", defaultValue = "10000")
  private int maxConcurrentStreams = 10_000;

  @Metadata(label = "advanced", defaultValue = "10000", javaType = "java.time.Duration")
  private long connectTimeout = 10_000;

  @Metadata(label = "advanced", defaultValue = "10000", javaType = "java.time.Duration")
  private long connectionRequestTimeout = 10_000;

  @Metadata(label = "advanced", defaultValue = "20")
  private int workerPoolSize = 20;

  @Metadata(label = "advanced", defaultValue = "1000")
  private int retryBudget = 1000;

  @Metadata(label = "advanced", defaultValue = "false")
  private boolean cancelOnShutdown;

  @Metadata(label = "advanced", defaultValue = "true")
  private boolean metricsEnabled = true;

  @Metadata(label = "advanced", defaultValue = "true")
  private boolean tracingEnabled = true;

  @Metadata(label = "advanced,security", defaultValue = "false")
  private boolean captureMessageContent;

  @Metadata(label = "proxy")
  private @Nullable String proxyHost;

  @Metadata(label = "proxy")
  private int proxyPort;

  @Metadata(label = "proxy")
  private @Nullable String proxyUsername;

  @Metadata(label = "proxy", secret = true)
  private @Nullable String proxyPassword;

  @Metadata(label = "proxy")
  private @Nullable String nonProxyHosts;

  @Metadata(label = "security")
  private @Nullable SSLContextParameters sslContextParameters;

  @Metadata(label = "security", defaultValue = "false")
  private boolean useGlobalSslContextParameters;

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
      ChatEngine started =
          ChatEngine.start(
              this,
              httpSettings(),
              CallOptions.atLeastOne("workerPoolSize", workerPoolSize),
              CallOptions.count("retryBudget", retryBudget),
              CallOptions.atLeastOne("maxSessions", maxSessions));
      engine = started;
      Converters.register(getCamelContext().getTypeConverterRegistry(), started.client().encoder());
      streamsOfRoutes = new StreamsOfRoutes(started.client(), this::isCancelOnShutdown);
      streamsOfRoutes.watch(getCamelContext());
    }
  }

  private HttpSettings httpSettings() throws GeneralSecurityException, IOException {
    SSLContextParameters tls = sslContextParameters;
    if (tls == null) {
      tls = retrieveGlobalSslContextParameters();
    }
    SSLContext context = tls == null ? null : tls.createSSLContext(getCamelContext());
    return new HttpSettings(
        CallOptions.atLeastOne("maxConcurrentStreams", maxConcurrentStreams),
        CallOptions.duration("connectTimeout", connectTimeout),
        CallOptions.duration("connectionRequestTimeout", connectionRequestTimeout),
        KEEP_IDLE,
        context,
        proxy());
  }

  private @Nullable HttpProxy proxy() {
    if (proxyHost == null || proxyHost.isBlank()) {
      return null;
    }
    if (proxyPort < 1 || proxyPort > 65_535) {
      throw new IllegalArgumentException(
          "The option 'proxyHost' is set, so 'proxyPort' must be a port from 1 to 65535.");
    }
    return new HttpProxy(proxyHost, proxyPort, proxyUsername, proxyPassword, nonProxyHosts);
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
    return running != null
        && running.client().cancel(streamId, "somebody asked for it by its stream id");
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

  /** How many calls are under way, streams and whole answers. */
  @ManagedAttribute(description = "Calls that are under way, streams and whole answers")
  public int getActiveStreamCount() {
    return activeStreams().size();
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

  public int getMaxSessions() {
    return maxSessions;
  }

  /** How many agent sessions there may be at once. Another one is refused. */
  public void setMaxSessions(int maxSessions) {
    this.maxSessions = maxSessions;
  }

  public HolySheepConfiguration getConfiguration() {
    return configuration;
  }

  /** The defaults of all endpoints of this component. */
  public void setConfiguration(HolySheepConfiguration configuration) {
    this.configuration = configuration;
  }

  public int getMaxConcurrentStreams() {
    return maxConcurrentStreams;
  }

  /**
   * How many calls of this component may be under way at once; each holds a connection. A call that
   * finds no place waits for one as long as connectionRequestTimeout says.
   */
  public void setMaxConcurrentStreams(int maxConcurrentStreams) {
    this.maxConcurrentStreams = maxConcurrentStreams;
  }

  public long getConnectTimeout() {
    return connectTimeout;
  }

  /**
   * The longest time to connect to the server, in milliseconds; 0 waits as long as the operating
   * system does.
   */
  public void setConnectTimeout(long connectTimeout) {
    this.connectTimeout = connectTimeout;
  }

  public long getConnectionRequestTimeout() {
    return connectionRequestTimeout;
  }

  /**
   * The longest wait for a place when maxConcurrentStreams calls are under way, in milliseconds; 0
   * waits for ever.
   */
  public void setConnectionRequestTimeout(long connectionRequestTimeout) {
    this.connectionRequestTimeout = connectionRequestTimeout;
  }

  public int getWorkerPoolSize() {
    return workerPoolSize;
  }

  /**
   * How many threads route the parts of streams that are sent with streamTo or routed by consumers.
   * A stream takes one of them only while a part of it is routed.
   */
  public void setWorkerPoolSize(int workerPoolSize) {
    this.workerPoolSize = workerPoolSize;
  }

  public int getRetryBudget() {
    return retryBudget;
  }

  /**
   * How many further tries all calls to one server have in common; 0 for no limit. Ten calls that
   * succeed earn one try back. When it is used up, calls that fail are not tried again: a server
   * that is down is not asked several times as much as before.
   */
  public void setRetryBudget(int retryBudget) {
    this.retryBudget = retryBudget;
  }

  public boolean isCancelOnShutdown() {
    return cancelOnShutdown;
  }

  /**
   * Whether streams are cancelled as soon as the route that asked, or the Camel context, begins to
   * stop. Otherwise they may come to their end while Camel waits for the exchanges under way, which
   * is 45 seconds where not set otherwise, and are cancelled then.
   */
  public void setCancelOnShutdown(boolean cancelOnShutdown) {
    this.cancelOnShutdown = cancelOnShutdown;
  }

  public boolean isMetricsEnabled() {
    return metricsEnabled;
  }

  /**
   * Whether calls are measured, where Micrometer is on the classpath and a MeterRegistry is in the
   * registry when the first call begins.
   */
  public void setMetricsEnabled(boolean metricsEnabled) {
    this.metricsEnabled = metricsEnabled;
  }

  public boolean isTracingEnabled() {
    return tracingEnabled;
  }

  /**
   * Whether calls have spans, where OpenTelemetry's API is on the classpath: with the Tracer or the
   * OpenTelemetry in the registry when the first call begins, or else with the global one.
   */
  public void setTracingEnabled(boolean tracingEnabled) {
    this.tracingEnabled = tracingEnabled;
  }

  public boolean isCaptureMessageContent() {
    return captureMessageContent;
  }

  /**
   * Whether spans carry what was asked and what was answered. Both may hold personal data, and go
   * to wherever the spans go.
   */
  public void setCaptureMessageContent(boolean captureMessageContent) {
    this.captureMessageContent = captureMessageContent;
  }

  public @Nullable String getProxyHost() {
    return proxyHost;
  }

  /**
   * The proxy that requests go through: its name or address, without http:// and port. The proxy
   * settings of the JVM are not used. A request to an https address goes through it unseen; one to
   * an http address is seen by it, with the key.
   */
  public void setProxyHost(@Nullable String proxyHost) {
    this.proxyHost = proxyHost;
  }

  public int getProxyPort() {
    return proxyPort;
  }

  /** The port of the proxy. */
  public void setProxyPort(int proxyPort) {
    this.proxyPort = proxyPort;
  }

  public @Nullable String getProxyUsername() {
    return proxyUsername;
  }

  /** The user name that the proxy asks for. It is told to the proxy alone, when it asks. */
  public void setProxyUsername(@Nullable String proxyUsername) {
    this.proxyUsername = proxyUsername;
  }

  public @Nullable String getProxyPassword() {
    return proxyPassword;
  }

  /** The password that the proxy asks for. */
  public void setProxyPassword(@Nullable String proxyPassword) {
    this.proxyPassword = proxyPassword;
  }

  public @Nullable String getNonProxyHosts() {
    return nonProxyHosts;
  }

  /**
   * The hosts that are asked without the proxy: names with a vertical bar between them, in which an
   * asterisk stands for any letters.
   */
  public void setNonProxyHosts(@Nullable String nonProxyHosts) {
    this.nonProxyHosts = nonProxyHosts;
  }

  public @Nullable SSLContextParameters getSslContextParameters() {
    return sslContextParameters;
  }

  /** The keys and trusted certificates for https; without them those of the JVM are used. */
  public void setSslContextParameters(@Nullable SSLContextParameters sslContextParameters) {
    this.sslContextParameters = sslContextParameters;
  }

  @Override
  public boolean isUseGlobalSslContextParameters() {
    return useGlobalSslContextParameters;
  }

  /** Whether to use the SSL context parameters that the Camel context has for all components. */
  @Override
  public void setUseGlobalSslContextParameters(boolean useGlobalSslContextParameters) {
    this.useGlobalSslContextParameters = useGlobalSslContextParameters;
  }
}
