package ai.holysheep.camel;

import org.apache.camel.SSLContextParametersAware;
import org.apache.camel.spi.Metadata;
import org.apache.camel.support.HealthCheckComponent;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.jspecify.annotations.Nullable;

/** The options of the component that all its endpoints share, and have none of their own for. */
public abstract class HolySheepComponentOptions extends HealthCheckComponent
    implements SSLContextParametersAware {

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

  @Metadata private double budgetCost;

  @Metadata private long budgetTokens;

  @Metadata(defaultValue = "3600000", javaType = "java.time.Duration")
  private long budgetWindow = 3_600_000;

  @Metadata(label = "health", defaultValue = "false")
  private boolean healthCheckWithKey;

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

  public int getMaxSessions() {
    return maxSessions;
  }

  /** How many agent sessions there may be at once. Another one is refused. */
  public void setMaxSessions(int maxSessions) {
    this.maxSessions = maxSessions;
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

  public double getBudgetCost() {
    return budgetCost;
  }

  /**
   * The most that all calls of this component may cost within budgetWindow, in US dollars; 0 for no
   * limit. When it is used up, further calls are refused before anything is sent; calls under way
   * come to their end. A call counts when it is over, with what the server says, or otherwise by
   * the prices; one whose cost is not known is not counted.
   */
  public void setBudgetCost(double budgetCost) {
    this.budgetCost = budgetCost;
  }

  public long getBudgetTokens() {
    return budgetTokens;
  }

  /**
   * The most tokens that all calls of this component may take within budgetWindow, of prompts and
   * of answers; 0 for no limit. When it is used up, further calls are refused before anything is
   * sent; calls under way come to their end.
   */
  public void setBudgetTokens(long budgetTokens) {
    this.budgetTokens = budgetTokens;
  }

  public long getBudgetWindow() {
    return budgetWindow;
  }

  /**
   * The time that budgetCost and budgetTokens are for, in milliseconds: it ends now, and moves on.
   * A call counts for this time, and for up to a sixtieth of it longer.
   */
  public void setBudgetWindow(long budgetWindow) {
    this.budgetWindow = budgetWindow;
  }

  public boolean isHealthCheckWithKey() {
    return healthCheckWithKey;
  }

  /**
   * Whether health checks ask the server for its list of models with the key, which costs nothing,
   * and want it to be accepted. Otherwise they send no key, and any reply will do.
   */
  public void setHealthCheckWithKey(boolean healthCheckWithKey) {
    this.healthCheckWithKey = healthCheckWithKey;
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
