package ai.holysheep.camel.transport.http;

import ai.holysheep.camel.transport.Attempt;
import ai.holysheep.camel.transport.Call;
import ai.holysheep.camel.transport.Timers;
import ai.holysheep.camel.transport.Transport;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Calls over HTTP/1.1 with the blocking Apache HttpClient: the thread that asks for the next
 * message is the thread that reads the socket, so nothing is handed over between threads. Knows
 * neither JSON nor retries; redirects, cookies, compression, and authentication schemes but a
 * proxy's are off. Whoever made it closes it.
 */
public final class HttpTransport implements Transport {

  private static final int MAX_HEAD_LINE_BYTES = 64 * 1024;
  private static final int MAX_HEADERS = 1000;
  private static final Timeout LONGEST_WAIT = Timeout.ofDays(36_500);

  /** An address may move meanwhile: a connection that is older is not used for another call. */
  private static final TimeValue OLDEST = TimeValue.ofMinutes(10);

  private final Duration keepIdle;
  private final PoolingHttpClientConnectionManager connections;
  private final HttpAttempt.Peers peers;
  private final Timers timers;
  private final AtomicBoolean sweeping = new AtomicBoolean();

  public HttpTransport(HttpSettings settings, Timers timers) {
    this.keepIdle = settings.keepIdle();
    this.connections = connections(settings);
    this.peers =
        new HttpAttempt.Peers(client(settings, connections), settings.proxy(), this::watchIdle);
    this.timers = timers;
  }

  @Override
  public Attempt attempt(Call call) {
    return new HttpAttempt(peers, request(call), call.limits(), timers);
  }

  @Override
  public void close() {
    peers.client().close(CloseMode.IMMEDIATE);
  }

  /** Idle connections are looked at once in a while; nothing is timed while there is none. */
  private void watchIdle() {
    if (connections.getTotalStats().getAvailable() > 0 && sweeping.compareAndSet(false, true)) {
      try {
        timers.schedule(keepIdle, this::sweep);
      } catch (RejectedExecutionException e) {
        // The timers have ended, so the connections end too.
        sweeping.set(false);
      }
    }
  }

  private void sweep() {
    sweeping.set(false);
    connections.closeExpired();
    connections.closeIdle(TimeValue.of(keepIdle));
    watchIdle();
  }

  private static HttpUriRequestBase request(Call call) {
    byte[] body = call.body();
    HttpUriRequestBase request = body == null ? new HttpGet(call.uri()) : new HttpPost(call.uri());
    call.headers().forEach((name, value) -> request.setHeader(new QuietHeader(name, value)));
    request.setHeader("Accept-Encoding", "identity");
    if (body != null) {
      request.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
    }
    return request;
  }

  private static CloseableHttpClient client(
      HttpSettings settings, PoolingHttpClientConnectionManager connections) {
    HttpProxy proxy = settings.proxy();
    RequestConfig requests =
        RequestConfig.custom()
            .setConnectionRequestTimeout(placeTimeout(settings.connectionRequestTimeout()))
            .setResponseTimeout(Timeout.DISABLED)
            .setAuthenticationEnabled(proxy != null && proxy.username() != null)
            .build();
    return HttpClients.custom()
        .setConnectionManager(connections)
        .setRoutePlanner(new ProxyRoutes(proxy))
        .setDefaultCredentialsProvider(ProxyRoutes.credentials(proxy))
        .setDefaultRequestConfig(requests)
        .setUserAgent("camel-holysheep")
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableContentCompression()
        .build();
  }

  private static PoolingHttpClientConnectionManager connections(HttpSettings settings) {
    ConnectionConfig connections =
        ConnectionConfig.custom()
            .setConnectTimeout(timeout(settings.connectTimeout()))
            .setSocketTimeout(Timeout.DISABLED)
            .setTimeToLive(OLDEST)
            // Servers close idle connections when they like; a look at the socket costs a
            // millisecond, a request on a closed one costs the call.
            .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
            .build();
    // Not all versions of HttpClient count the handshake as connecting.
    TlsConfig handshakes =
        TlsConfig.custom().setHandshakeTimeout(timeout(settings.connectTimeout())).build();
    Http1Config limits = limits();
    PoolingHttpClientConnectionManagerBuilder builder =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setConnectionFactory(socket -> new QuietConnection(limits))
            .setMaxConnTotal(settings.maxConcurrentStreams())
            .setMaxConnPerRoute(settings.maxConcurrentStreams())
            .setDefaultConnectionConfig(connections)
            .setDefaultTlsConfig(handshakes);
    if (settings.sslContext() != null) {
      builder.setTlsSocketStrategy(new DefaultClientTlsStrategy(settings.sslContext()));
    }
    return builder.build();
  }

  /** Without limits, an endless head would fill the memory; garbage before a head is no head. */
  private static Http1Config limits() {
    return Http1Config.custom()
        .setMaxLineLength(MAX_HEAD_LINE_BYTES)
        .setMaxHeaderCount(MAX_HEADERS)
        .build();
  }

  /** A lease does not wait at all when its timeout is zero or disabled. */
  private static Timeout placeTimeout(Duration duration) {
    return duration.isZero() ? LONGEST_WAIT : Timeout.of(duration);
  }

  private static Timeout timeout(Duration duration) {
    return duration.isZero() ? Timeout.DISABLED : Timeout.of(duration);
  }
}
