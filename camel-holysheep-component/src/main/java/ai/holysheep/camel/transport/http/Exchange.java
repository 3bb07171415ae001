package ai.holysheep.camel.transport.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOSession;
import org.jspecify.annotations.Nullable;

/**
 * A request of the async client and its reply: what the library calls, and what can be ended, for
 * the library's own way of cancelling ends neither a handshake nor the reply to a request that a
 * kept connection has carried.
 *
 * <p>The reactor's thread calls; while it connects, also the one that looks names up. Any thread
 * may {@link #close}.
 */
final class Exchange implements AsyncResponseConsumer<Void> {

  /** Who is told. All is called on the reactor's thread, or on the one that begins. */
  interface Listener {

    /** The head is there; the body goes into the bytes of the exchange. */
    void replied(HttpResponse response);

    /** There are bytes where there were none, or the end. */
    void received();

    /**
     * It has failed before there was a reply, and is over. What fails later is in the bytes.
     *
     * @param isStale whether nothing was sent, because a kept connection had ended meanwhile
     * @param isSecured whether a handshake had succeeded
     */
    void failed(Exception cause, boolean isStale, boolean isSecured);

    /** Its connection was given back, or is closed. */
    void exchangeIsOver();
  }

  private static final String NAME = Exchange.class.getName();

  private final HttpRequest request;
  private final @Nullable RequestBody body;
  private final @Nullable HttpProxy proxy;
  private final Listener listener;
  private final ReceivedBytes bytes = new ReceivedBytes();
  private final HttpClientContext context = HttpClientContext.create();

  // What can be ended, from any thread.
  private final AtomicReference<@Nullable IOSession> closeable = new AtomicReference<>();
  private volatile @Nullable Cancellable connecting;
  private volatile boolean closing;
  private volatile boolean isNewConnection;

  // Owned by the thread that calls.
  private @Nullable HttpHost target;
  private @Nullable IOSession session;
  private boolean sent;
  private boolean replied;

  /**
   * @param body what it brings; null for nothing
   * @param proxy what requests go through; null for the direct way
   */
  Exchange(
      HttpRequest request,
      @Nullable RequestBody body,
      @Nullable HttpProxy proxy,
      Listener listener) {
    this.request = request;
    this.body = body;
    this.proxy = proxy;
    this.listener = listener;
    context.setAttribute(NAME, this);
  }

  /** The exchange that a connection or the library works for. */
  static Exchange of(HttpContext context) {
    return (Exchange) context.getAttribute(NAME);
  }

  /** Begins, and returns. */
  void start(CloseableHttpAsyncClient client) {
    client.execute(new BasicRequestProducer(request, body), this, null, context, new Failure());
  }

  /** The body of the reply. */
  ReceivedBytes bytes() {
    return bytes;
  }

  /** What the request goes through; null for the direct way. */
  @Nullable HttpProxy way() throws HttpException {
    target = target == null ? RoutingSupport.determineHost(request) : target;
    return target == null ? null : ProxyRoutes.way(proxy, target);
  }

  /** Ends it at once: the connection is closed, and what is not there yet never comes. */
  void close() {
    closing = true;
    Cancellable connect = connecting;
    if (connect != null) {
      connect.cancel();
    }
    IOSession open = closeable.getAndSet(null);
    if (open != null) {
      cut(open);
    }
  }

  /**
   * Closes a connection with a reset. Not all versions of the library tell the exchange of a
   * session that is told to close at once, but all tell it when they find that one is closed.
   */
  private static void cut(IOSession session) {
    ByteChannel channel = session.channel();
    try {
      if (channel instanceof SocketChannel socket) {
        socket.setOption(StandardSocketOptions.SO_LINGER, 0);
      }
      channel.close();
    } catch (IOException e) {
      // It was closed before.
    }
    session.close(CloseMode.GRACEFUL);
  }

  /** A connection is being made, or made a secure one. */
  void connecting(Cancellable connect) {
    isNewConnection = true;
    connecting = connect;
    if (closing) {
      connect.cancel();
    }
  }

  /** A connection is there; nothing was sent over it. */
  void connected(IOSession made) {
    session = made;
    closeable.set(made);
    if (closing) {
      close();
    }
  }

  /**
   * A request is about to go over this connection.
   *
   * @throws IOException where that is not wanted any more
   */
  void sending(IOSession over, boolean forTunnel) throws IOException {
    session = over;
    closeable.set(over);
    sent |= !forTunnel;
    if (closing) {
      close();
      throw new InterruptedIOException("The call was aborted");
    }
  }

  /** A proxy that says yes in another way than it must has made no tunnel. */
  void tunnelAnswered(int status) throws IOException {
    if (proxy != null && status / 100 == 2 && status != 200) {
      throw ProxyRoutes.refusedTunnel(proxy, status);
    }
  }

  @Override
  public void consumeResponse(
      HttpResponse response,
      @Nullable EntityDetails entity,
      HttpContext ignored,
      FutureCallback<Void> result)
      throws HttpException, IOException {
    HttpProxy way = way();
    if (way != null && target != null) {
      ProxyRoutes.refuseWordsOf(way, target, response.getCode(), isSecured());
    }
    replied = true;
    if (entity == null) {
      bytes.end();
      letGo();
    }
    listener.replied(response);
  }

  @Override
  public void informationResponse(HttpResponse response, HttpContext ignored) {
    // The reply itself follows.
  }

  @Override
  public void updateCapacity(CapacityChannel channel) {
    bytes.waitingFor(channel);
  }

  @Override
  public void consume(ByteBuffer source) {
    if (bytes.put(source)) {
      listener.received();
    }
  }

  @Override
  public void streamEnd(@Nullable List<? extends Header> trailers) {
    bytes.end();
    letGo();
    listener.received();
  }

  /**
   * The connection may carry another call from now on, so this one may not end it any more. If it
   * has just been told to, or has more to send, the connection carries nothing else.
   */
  private void letGo() {
    IOSession used = session;
    if (used != null && (!closeable.compareAndSet(used, null) || body != null && !body.isSent())) {
      cut(used);
    }
  }

  @Override
  public void failed(Exception cause) {
    if (replied) {
      bytes.fail(Faults.of(cause));
      listener.received();
    }
  }

  /** The last that is called of a reply that has come to its end. */
  @Override
  public void releaseResources() {
    if (replied) {
      listener.exchangeIsOver();
    }
  }

  private boolean isSecured() {
    return context.getSSLSession() != null;
  }

  /** The last that is called of an exchange that has failed. */
  private final class Failure implements FutureCallback<Void> {

    @Override
    public void failed(Exception cause) {
      if (replied) {
        listener.exchangeIsOver();
      } else {
        boolean isStale = !sent && !isNewConnection && !closing && cause instanceof IOException;
        listener.failed(cause, isStale, isSecured());
      }
    }

    @Override
    public void cancelled() {
      failed(new InterruptedIOException("The call was cancelled"));
    }

    @Override
    public void completed(Void nothing) {
      // Nobody says so: the end of the reply is what counts.
    }
  }
}
