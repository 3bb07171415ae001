package ai.holysheep.camel.transport.http;

import ai.holysheep.camel.transport.Call;
import ai.holysheep.camel.transport.SignallingAttempt;
import ai.holysheep.camel.transport.SignallingTransport;
import ai.holysheep.camel.transport.Timers;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.nio.AsyncClientConnectionOperator;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.HttpsSupport;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.nio.ssl.TlsStrategy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.ssl.SSLContexts;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls over HTTP/1.1 with the async Apache HttpClient: two threads read all connections, and
 * nobody waits. In all that is not waiting it behaves as {@link HttpTransport} does. Whoever made
 * it closes it, on a thread of their own.
 */
public final class SignallingHttpTransport implements SignallingTransport {

  private static final Logger LOG = LoggerFactory.getLogger(SignallingHttpTransport.class);

  private static final int REACTOR_THREADS = 2;
  private static final int LOOKUP_THREADS = 4;

  /** How often the reactor looks for connections that take too long to be made. */
  private static final TimeValue LOOK_AT_TIMEOUTS = TimeValue.ofMilliseconds(100);

  /** Each connection has three of these; a token is some two hundred bytes. */
  private static final int BUFFER_BYTES = 4 * 1024;

  private final AtomicBoolean closed = new AtomicBoolean();
  private final ThreadPoolExecutor lookups = lookups();
  private final CloseableHttpAsyncClient client;
  private final SignallingHttpAttempt.Peers peers;
  private final Timers timers;

  public SignallingHttpTransport(HttpSettings settings, Timers timers) {
    PoolingAsyncClientConnectionManager connections = connections(settings, lookups);
    IdleConnections idle = new IdleConnections(connections, settings.keepIdle(), timers);
    Set<SignallingHttpAttempt> underWay = ConcurrentHashMap.newKeySet();
    this.client = client(settings, connections, closed);
    this.peers =
        new SignallingHttpAttempt.Peers(
            client,
            new Places(
                settings.maxConcurrentStreams(), settings.connectionRequestTimeout(), timers),
            settings.proxy(),
            closed,
            underWay,
            idle::watch);
    this.timers = timers;
  }

  @Override
  public SignallingAttempt attempt(Call call) {
    return new SignallingHttpAttempt(peers, call, timers);
  }

  @Override
  public void close() {
    closed.set(true);
    peers.underWay().forEach(SignallingHttpAttempt::abort);
    client.close(CloseMode.IMMEDIATE);
    lookups.shutdownNow();
  }

  private static ThreadPoolExecutor lookups() {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            LOOKUP_THREADS,
            LOOKUP_THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            new DefaultThreadFactory("HolySheepLookup", true));
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  private static CloseableHttpAsyncClient client(
      HttpSettings settings,
      PoolingAsyncClientConnectionManager connections,
      AtomicBoolean closed) {
    IOReactorConfig reactor =
        IOReactorConfig.custom()
            .setIoThreadCount(REACTOR_THREADS)
            .setSelectInterval(LOOK_AT_TIMEOUTS)
            .build();
    return HttpAsyncClients.custom()
        .setConnectionManager(connections)
        .setIOReactorConfig(reactor)
        .setThreadFactory(new DefaultThreadFactory("HolySheepReactor", true))
        .setIoSessionDecorator(QuietSession::new)
        .setIoReactorExceptionCallback(e -> report(e, closed))
        .setRoutePlanner(new ProxyRoutes(settings.proxy()))
        .setDefaultCredentialsProvider(ProxyRoutes.credentials(settings.proxy()))
        .setDefaultRequestConfig(HttpParts.requests(settings))
        .setUserAgent(HttpParts.USER_AGENT)
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableCookieManagement()
        .disableAuthCaching()
        .build();
  }

  /** A reactor that is closed may say so by an exception, which is none of anybody's concern. */
  private static void report(Exception e, AtomicBoolean closed) {
    if (!closed.get()) {
      LOG.error("The reactor of HTTP connections has failed", e);
    }
  }

  private static PoolingAsyncClientConnectionManager connections(
      HttpSettings settings, Executor lookups) {
    return new Connections(lookups)
        .setMaxConnTotal(settings.maxConcurrentStreams())
        .setMaxConnPerRoute(settings.maxConcurrentStreams())
        // The reactor sees at once that a kept connection has ended; told to look for it, some
        // versions of the library give all of them up.
        .setDefaultConnectionConfig(HttpParts.connections(settings).build())
        .setDefaultTlsConfig(HttpParts.handshakes(settings))
        .setTlsStrategy(tls(settings.sslContext()))
        .build();
  }

  /**
   * Says by whom the name in a certificate is checked: left to itself, the async client of newer
   * versions leaves it to the JDK, and tells the JDK too late.
   */
  private static TlsStrategy tls(@Nullable SSLContext context) {
    return new DefaultClientTlsStrategy(
        context == null ? SSLContexts.createDefault() : context,
        HostnameVerificationPolicy.BOTH,
        HttpsSupport.getDefaultHostnameVerifier());
  }

  private static final class Connections extends PoolingAsyncClientConnectionManagerBuilder {

    private final Executor lookups;

    Connections(Executor lookups) {
      this.lookups = lookups;
    }

    @Override
    protected AsyncClientConnectionOperator createConnectionOperator(
        TlsStrategy tls, @Nullable SchemePortResolver ports, @Nullable DnsResolver names) {
      Http1Config limits =
          HttpParts.limits()
              .setBufferSize(BUFFER_BYTES)
              .setInitialWindowSize(ReceivedBytes.WINDOW)
              .build();
      return new Connector(super.createConnectionOperator(tls, ports, names), lookups, limits);
    }
  }
}
