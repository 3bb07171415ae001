package ai.holysheep.camel.transport.http;

import java.util.Objects;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.CredentialsProvider;
import org.apache.hc.client5.http.impl.auth.CredentialsProviderBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** Which hosts are asked through the proxy, and what the proxy, and nobody else, is told. */
final class ProxyRoutes extends DefaultRoutePlanner {

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
    return proxy != null && proxy.serves(target.getHostName()) ? host(proxy) : null;
  }

  private static HttpHost host(HttpProxy proxy) {
    return new HttpHost("http", proxy.host(), proxy.port());
  }
}
