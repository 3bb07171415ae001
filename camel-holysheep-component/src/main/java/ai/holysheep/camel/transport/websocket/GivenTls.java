package ai.holysheep.camel.transport.websocket;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.vertx.core.net.SSLEngineOptions;
import io.vertx.core.spi.tls.SslContextFactory;
import javax.net.ssl.SSLContext;

/** Secure connections with the keys and trusted certificates of a context that is given. */
final class GivenTls extends SSLEngineOptions {

  private final SSLContext context;

  GivenTls(SSLContext context) {
    this.context = context;
  }

  @Override
  public SSLEngineOptions copy() {
    return new GivenTls(context);
  }

  @Override
  public SslContextFactory sslContextFactory() {
    return () ->
        new JdkSslContext(
            context,
            true,
            null,
            IdentityCipherSuiteFilter.INSTANCE,
            null,
            ClientAuth.NONE,
            null,
            false);
  }
}
