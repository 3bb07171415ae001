package ai.holysheep.camel.transport.websocket;

import ai.holysheep.camel.transport.Limits;
import ai.holysheep.camel.transport.Socket;
import ai.holysheep.camel.transport.SocketCall;
import ai.holysheep.camel.transport.SocketListener;
import ai.holysheep.camel.transport.SocketListener.End;
import ai.holysheep.camel.transport.SocketTransport;
import ai.holysheep.camel.transport.TransportFault;
import ai.holysheep.camel.transport.TransportFault.Kind;
import ai.holysheep.camel.transport.http.HttpProxy;
import ai.holysheep.camel.transport.http.HttpSettings;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Sockets over Vert.x, which is started with the first of them. An instance that is given is
 * borrowed; one of its own it closes. Compression is not offered, so no server can use it.
 */
public final class VertxSockets implements SocketTransport {

  /** How long a server may take to answer a close frame. */
  private static final int CLOSING_SECONDS = 2;

  /** Where an instance that the application has is looked for. */
  public interface Beans {

    /** The only one of this type; null where there is none, or more than one. */
    <T> @Nullable T find(Class<T> type);
  }

  private final HttpSettings settings;
  private final Beans beans;
  private final Map<Integer, WebSocketClient> clients = new ConcurrentHashMap<>();
  private final Set<VertxSocket> open = ConcurrentHashMap.newKeySet();

  // Guarded by this.
  private @Nullable Vertx own;
  private boolean closed;

  /**
   * @param settings what all connections of the component have in common
   * @param beans may have an instance to be borrowed; asked when the first socket is opened
   */
  public VertxSockets(HttpSettings settings, Beans beans) {
    this.settings = settings;
    this.beans = beans;
  }

  @Override
  public void open(SocketCall call, SocketListener listener) {
    WebSocketClient client = client(call.limits());
    if (client == null) {
      TransportFault fault = new TransportFault(Kind.BROKEN, "the component has stopped", null);
      listener.ended(new End(fault, 1006, null));
      return;
    }
    // What comes with the handshake is dropped unless somebody listens by then, and only on its own
    // thread is nothing of it read meanwhile.
    vertx().getOrCreateContext().runOnContext(nothing -> connect(client, call, listener));
  }

  private void connect(WebSocketClient client, SocketCall call, SocketListener listener) {
    AtomicBoolean decided = new AtomicBoolean();
    Runnable withdrawTimer = endAfterConnectTimeout(decided, listener);
    client
        .connect(options(call))
        .onComplete(
            connected -> {
              withdrawTimer.run();
              boolean inTime = decided.compareAndSet(false, true);
              if (inTime && connected.succeeded()) {
                opened(connected.result(), call.limits(), listener);
              } else if (inTime) {
                listener.ended(new End(fault(connected.cause()), 1006, null));
              } else if (connected.succeeded()) {
                connected.result().close();
              }
            });
  }

  /** The library's own timeout of a handshake would close sockets that have long been open. */
  private Runnable endAfterConnectTimeout(AtomicBoolean decided, SocketListener listener) {
    long millis = settings.connectTimeout().toMillis();
    if (millis == 0) {
      return () -> {};
    }
    Vertx clock = vertx();
    long timer =
        clock.setTimer(
            millis,
            fired -> {
              if (decided.compareAndSet(false, true)) {
                TransportFault late =
                    new TransportFault(Kind.CONNECT_TIMEOUT, "no socket in time", null);
                listener.ended(new End(late, 1006, null));
              }
            });
    return () -> clock.cancelTimer(timer);
  }

  private void opened(WebSocket socket, Limits limits, SocketListener listener) {
    VertxSocket opened = new VertxSocket(socket, limits.maxEventBytes());
    open.add(opened);
    opened.tell(listener, () -> open.remove(opened));
    synchronized (this) {
      if (closed) {
        opened.close(Socket.GOING_AWAY, "the component has stopped");
      }
    }
  }

  /** Limits are the client's, so there is one for each; all endpoints mostly have the same. */
  private synchronized @Nullable WebSocketClient client(Limits limits) {
    return closed
        ? null
        : clients.computeIfAbsent(
            limits.maxEventBytes(), bytes -> vertx().createWebSocketClient(options(bytes)));
  }

  private synchronized Vertx vertx() {
    Vertx borrowed = beans.find(Vertx.class);
    if (borrowed != null) {
      return borrowed;
    }
    Vertx started = own;
    if (started == null) {
      started = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2).setUseDaemonThread(true));
      own = started;
    }
    return started;
  }

  private WebSocketClientOptions options(int maxMessageBytes) {
    WebSocketClientOptions options =
        new WebSocketClientOptions()
            .setMaxConnections(settings.maxConcurrentStreams())
            .setMaxMessageSize(maxMessageBytes)
            .setMaxFrameSize(maxMessageBytes)
            .setTryUsePerMessageCompression(false)
            .setTryUsePerFrameCompression(false)
            .setClosingTimeout(CLOSING_SECONDS)
            .setVerifyHost(true);
    if (!settings.connectTimeout().isZero()) {
      options.setConnectTimeout(
          (int) Math.min(Integer.MAX_VALUE, settings.connectTimeout().toMillis()));
    }
    if (settings.sslContext() != null) {
      options.setSslEngineOptions(new GivenTls(settings.sslContext()));
    }
    return options;
  }

  private void proxy(WebSocketConnectOptions options) {
    HttpProxy proxy = settings.proxy();
    if (proxy != null && proxy.serves(options.getHost())) {
      options.setProxyOptions(
          new ProxyOptions()
              .setType(ProxyType.HTTP)
              .setHost(proxy.host())
              .setPort(proxy.port())
              .setUsername(proxy.username())
              .setPassword(proxy.password()));
    }
  }

  private WebSocketConnectOptions options(SocketCall call) {
    URI uri = call.uri();
    boolean secure = "wss".equals(uri.getScheme());
    int port = uri.getPort() < 0 ? secure ? 443 : 80 : uri.getPort();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    WebSocketConnectOptions options =
        new WebSocketConnectOptions()
            .setHost(uri.getHost())
            .setPort(port)
            .setSsl(secure)
            .setURI(path + query)
            .setAllowOriginHeader(false);
    call.headers().forEach(options::addHeader);
    proxy(options);
    return options;
  }

  private static TransportFault fault(Throwable cause) {
    if (cause instanceof UpgradeRejectedException rejected) {
      return new TransportFault(
          rejected.getStatus() >= 500 ? Kind.BROKEN : Kind.SESSION_REFUSED,
          "the server did not open the socket (HTTP " + rejected.getStatus() + ")",
          cause);
    }
    if (cause instanceof UnknownHostException) {
      return new TransportFault(Kind.UNKNOWN_HOST, String.valueOf(cause.getMessage()), cause);
    }
    if (cause instanceof ConnectException && !(cause instanceof NoRouteToHostException)) {
      boolean late = String.valueOf(cause.getMessage()).contains("timed out");
      return new TransportFault(
          late ? Kind.CONNECT_TIMEOUT : Kind.REFUSED, String.valueOf(cause.getMessage()), cause);
    }
    if (cause instanceof TimeoutException) {
      return new TransportFault(Kind.CONNECT_TIMEOUT, "no socket in time", cause);
    }
    if (cause instanceof SSLException) {
      return new TransportFault(Kind.TLS, String.valueOf(cause.getMessage()), cause);
    }
    return new TransportFault(Kind.BROKEN, String.valueOf(cause.getMessage()), cause);
  }

  @Override
  public void close() {
    Vertx started;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      started = own;
    }
    open.forEach(socket -> socket.close(Socket.GOING_AWAY, "the component has stopped"));
    awaitClosed();
    clients.values().forEach(WebSocketClient::close);
    if (started != null) {
      started.close();
    }
  }

  /** Close frames are to reach the servers, as long as that takes no time. */
  private void awaitClosed() {
    for (VertxSocket socket : open) {
      try {
        socket.awaitEnd(Duration.ofSeconds(1));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
