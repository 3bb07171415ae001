package ai.holysheep.camel.transport.http;

import ai.holysheep.camel.transport.Attempt;
import ai.holysheep.camel.transport.Call;
import ai.holysheep.camel.transport.Timers;
import ai.holysheep.camel.transport.Transport;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
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

/**
 * Calls over HTTP/1.1 with the blocking Apache HttpClient: the thread that asks for the next
 * message is the thread that reads the socket, so nothing is handed over between threads. Knows
 * neither JSON nor retries; redirects, cookies, compression, and authentication schemes but a
 * proxy's are off. Whoever made it closes it.
 */
public final class HttpTransport implements Transport {

  private final HttpAttempt.Peers peers;
  private final Timers timers;

  public HttpTransport(HttpSettings settings, Timers timers) {
    PoolingHttpClientConnectionManager connections = connections(settings, timers);
    IdleConnections idle = new IdleConnections(connections, settings.keepIdle(), timers);
    this.peers =
        new HttpAttempt.Peers(client(settings, connections), settings.proxy(), idle::watch);
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

  private static HttpUriRequestBase request(Call call) {
    byte[] body = call.body();
    HttpUriRequestBase request = body == null ? new HttpGet(call.uri()) : new HttpPost(call.uri());
    HttpParts.setHeaders(request, call);
    if (body != null) {
      request.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
    }
    return request;
  }

  private static CloseableHttpClient client(
      HttpSettings settings, PoolingHttpClientConnectionManager connections) {
    HttpProxy proxy = settings.proxy();
    return HttpClients.custom()
        .setConnectionManager(connections)
        .setRoutePlanner(new ProxyRoutes(proxy))
        .setDefaultCredentialsProvider(ProxyRoutes.credentials(proxy))
        .setDefaultRequestConfig(HttpParts.requests(settings))
        .setUserAgent(HttpParts.USER_AGENT)
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableContentCompression()
        .build();
  }

  private static PoolingHttpClientConnectionManager connections(
      HttpSettings settings, Timers timers) {
    ConnectionConfig connections =
        HttpParts.connections(settings)
            // Servers close idle connections when they like, and a request on a closed one costs
            // the call; so each connection is asked whether it is stale.
            .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
            .build();
    Http1Config limits = HttpParts.limits().build();
    PoolingHttpClientConnectionManagerBuilder builder =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setConnectionFactory(socket -> new QuietConnection(limits, timers))
            .setMaxConnTotal(settings.maxConcurrentStreams())
            .setMaxConnPerRoute(settings.maxConcurrentStreams())
            .setDefaultConnectionConfig(connections)
            .setDefaultTlsConfig(HttpParts.handshakes(settings));
    if (settings.sslContext() != null) {
      builder.setTlsSocketStrategy(new DefaultClientTlsStrategy(settings.sslContext()));
    }
    return builder.build();
  }
}
