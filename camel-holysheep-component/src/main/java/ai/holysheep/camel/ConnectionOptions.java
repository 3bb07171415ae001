package ai.holysheep.camel;

import ai.holysheep.camel.transport.http.HttpProxy;
import ai.holysheep.camel.transport.http.HttpSettings;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.jspecify.annotations.Nullable;

/** The options of the component that say how it connects, checked when it starts. */
final class ConnectionOptions {

  private static final Duration KEEP_IDLE = Duration.ofMinutes(1);

  private ConnectionOptions() {}

  static HttpSettings of(HolySheepComponent component)
      throws GeneralSecurityException, IOException {
    SSLContextParameters tls = component.tls();
    SSLContext context = tls == null ? null : tls.createSSLContext(component.getCamelContext());
    return new HttpSettings(
        CallOptions.atLeastOne("maxConcurrentStreams", component.getMaxConcurrentStreams()),
        CallOptions.duration("connectTimeout", component.getConnectTimeout()),
        CallOptions.duration("connectionRequestTimeout", component.getConnectionRequestTimeout()),
        KEEP_IDLE,
        context,
        proxy(component));
  }

  private static @Nullable HttpProxy proxy(HolySheepComponentOptions options) {
    String host = options.getProxyHost();
    int port = options.getProxyPort();
    if (host == null || host.isBlank()) {
      return null;
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException(
          "The option 'proxyHost' is set, so 'proxyPort' must be a port from 1 to 65535.");
    }
    return new HttpProxy(
        host,
        port,
        options.getProxyUsername(),
        options.getProxyPassword(),
        options.getNonProxyHosts());
  }
}
