package ai.holysheep.camel.transport.http;

import ai.holysheep.camel.transport.TransportFault;
import java.util.Objects;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.CredentialsProvider;
import org.apache.hc.client5.http.impl.auth.CredentialsProviderBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** Which hosts are asked through the proxy, and what the proxy, and nobody else, is told. */
final class ProxyRoutes extends DefaultRoutePlanner {

  private static final int PROXY_AUTHENTICATION_REQUIRED = 407;

  private final @Nullable HttpProxy proxy;

  ProxyRoutes(@Nullable HttpProxy proxy) {
    super(null);
    this.proxy = proxy;
  }

  static CredentialsProvider credentials(@Nullable HttpProxy proxy) {
    CredentialsProviderBuilder credentials = CredentialsProviderBuilder.create();
    if (proxy != null && proxy.username() != null) {
      String password = Objects.requireNonNullElse(proxy.password(), "");
      credentials.add(new AuthScope(host(proxy)), proxy.username(), password.toCharArray());
    }
    return credentials.build();
  }

  @Override
  protected @Nullable HttpHost determineProxy(HttpHost target, HttpContext context) {
    HttpProxy way = way(proxy, target);
    return way == null ? null : host(way);
  }

  /** What the way to this host goes through; null for the direct one. */
  static @Nullable HttpProxy way(@Nullable HttpProxy proxy, HttpHost target) {
    return proxy != null && proxy.serves(target.getHostName()) ? proxy : null;
  }

  /**
   * HttpClient gives what a proxy says to CONNECT as if the server had said it.
   *
   * @param status of the reply
   * @param secured whether a handshake had succeeded
   */
  static void refuseWordsOf(HttpProxy proxy, HttpHost target, int status, boolean secured)
      throws TransportFault {
    if (status == PROXY_AUTHENTICATION_REQUIRED) {
      throw Faults.of(proxy, "wants a valid 'proxyUsername' and 'proxyPassword' (HTTP 407)");
    }
    if (URIScheme.HTTPS.same(target.getSchemeName()) && !secured) {
      throw refusedTunnel(proxy, status);
    }
  }

  static TransportFault refusedTunnel(HttpProxy proxy, int status) {
    return Faults.of(proxy, "refuses to connect to the server (HTTP " + status + ")");
  }

  private static HttpHost host(HttpProxy proxy) {
    return new HttpHost("http", proxy.host(), proxy.port());
  }
}
