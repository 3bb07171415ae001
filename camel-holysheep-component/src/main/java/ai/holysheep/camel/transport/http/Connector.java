package ai.holysheep.camel.transport.http;

import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.nio.AsyncClientConnectionOperator;
import org.apache.hc.client5.http.nio.ManagedAsyncClientConnection;
import org.apache.hc.core5.concurrent.CallbackContribution;
import org.apache.hc.core5.concurrent.ComplexFuture;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.concurrent.FutureContribution;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.InetAddressUtils;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.reactor.ConnectionInitiator;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.reactor.ProtocolIOSession;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Connects as HttpClient does, with three things added: names are looked up on a thread that may
 * wait, which the reactor's may not; each {@link Exchange} is told what it would have to end; and
 * the connection is a {@link ReactorConnection}. Thread-safe.
 */
final class Connector implements AsyncClientConnectionOperator {

  private final AsyncClientConnectionOperator operator;
  private final Executor lookups;
  private final Http1Config limits;

  /**
   * @param lookups where names are looked up; borrowed
   */
  Connector(AsyncClientConnectionOperator operator, Executor lookups, Http1Config limits) {
    this.operator = operator;
    this.lookups = lookups;
    this.limits = limits;
  }

  @Override
  public Future<ManagedAsyncClientConnection> connect(
      ConnectionInitiator reactor,
      HttpHost host,
      @Nullable NamedEndpoint name,
      @Nullable SocketAddress local,
      @Nullable Timeout timeout,
      @Nullable Object attachment,
      HttpContext context,
      FutureCallback<ManagedAsyncClientConnection> callback) {
    ComplexFuture<ManagedAsyncClientConnection> future = new ComplexFuture<>(callback);
    Exchange exchange = Exchange.of(context);
    exchange.connecting(future);
    Runnable connect =
        () ->
            future.setDependency(
                operator.connect(
                    watched(reactor, exchange),
                    host,
                    name,
                    local,
                    timeout,
                    attachment,
                    context,
                    toward(future)));
    Runnable begin = () -> connectOrFail(connect, future);
    connectOrFail(isAddress(host) ? connect : () -> lookups.execute(begin), future);
    return future;
  }

  /**
   * Overrides what the library calls from version 5.6 on, and older ones do not have.
   *
   * @param file a socket in the file system, of which nobody speaks here
   */
  @SuppressWarnings("MissingOverride")
  public Future<ManagedAsyncClientConnection> connect(
      ConnectionInitiator reactor,
      HttpHost host,
      @Nullable Path file,
      @Nullable NamedEndpoint name,
      @Nullable SocketAddress local,
      @Nullable Timeout timeout,
      @Nullable Object attachment,
      HttpContext context,
      FutureCallback<ManagedAsyncClientConnection> callback) {
    return connect(reactor, host, name, local, timeout, attachment, context, callback);
  }

  private static boolean isAddress(HttpHost host) {
    return host.getAddress() != null
        || InetAddressUtils.isIPv4(host.getHostName())
        || InetAddressUtils.isIPv6(host.getHostName());
  }

  private static void connectOrFail(Runnable connect, ComplexFuture<?> future) {
    try {
      connect.run();
    } catch (RuntimeException e) {
      // The reactor has ended meanwhile.
      future.failed(e);
    }
  }

  private ConnectionInitiator watched(ConnectionInitiator reactor, Exchange exchange) {
    return (host, remote, local, timeout, attachment, callback) ->
        reactor.connect(
            host,
            remote,
            local,
            timeout,
            attachment,
            new CallbackContribution<IOSession>(callback) {
              @Override
              public void completed(IOSession session) {
                ReactorConnection.over((ProtocolIOSession) session, limits);
                exchange.connected(session);
                callback.completed(session);
              }
            });
  }

  private static FutureCallback<ManagedAsyncClientConnection> toward(
      ComplexFuture<ManagedAsyncClientConnection> future) {
    return new FutureContribution<ManagedAsyncClientConnection>(future) {
      @Override
      public void completed(ManagedAsyncClientConnection connection) {
        if (!future.completed(connection)) {
          connection.close(CloseMode.IMMEDIATE);
        }
      }
    };
  }

  /** Agrees on a secure connection within a tunnel. */
  @Override
  public void upgrade(
      ManagedAsyncClientConnection connection,
      HttpHost host,
      @Nullable NamedEndpoint name,
      @Nullable Object attachment,
      HttpContext context,
      FutureCallback<ManagedAsyncClientConnection> callback) {
    ComplexFuture<ManagedAsyncClientConnection> future = new ComplexFuture<>(callback);
    Exchange.of(context).connecting(future);
    operator.upgrade(connection, host, name, attachment, context, toward(future));
  }

  @Override
  public Future<ManagedAsyncClientConnection> connect(
      ConnectionInitiator reactor,
      HttpHost host,
      SocketAddress local,
      Timeout timeout,
      Object attachment,
      FutureCallback<ManagedAsyncClientConnection> callback) {
    throw new UnsupportedOperationException("only with the context of an exchange");
  }

  @Override
  public void upgrade(ManagedAsyncClientConnection connection, HttpHost host, Object attachment) {
    throw new UnsupportedOperationException("only with the context of an exchange");
  }
}
