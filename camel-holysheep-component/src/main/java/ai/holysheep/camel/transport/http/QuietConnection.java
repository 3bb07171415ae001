package ai.holysheep.camel.transport.http;

import ai.holysheep.camel.transport.Timers;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.SocketHolder;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * A connection that logs nothing of what goes over it. HttpClient's own one writes every byte, the
 * key's too, to the logger {@code org.apache.hc.client5.http.wire}, and offers no way to leave
 * anything out.
 *
 * <p>Nor is it used again when more has come over it than the replies that were asked for: the next
 * call would take that for its own answer (RFC 9112, 6.3).
 *
 * <p>One thread sends and reads; any thread may close it. The pool closes it.
 */
final class QuietConnection extends DefaultBHttpClientConnection
    implements ManagedHttpClientConnection {

  /**
   * A connection that was given back so recently is taken to be there still. To find out that the
   * other side has closed it takes a millisecond, in which a read waits for nothing.
   */
  static final Duration RECENTLY = Duration.ofMillis(100);

  private final Timers timers;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final HeadParser heads;
  private Timeout socketTimeout = Timeout.DISABLED;
  private long givenBackNanos;

  /** Not bound to a socket yet. */
  QuietConnection(Http1Config limits, Timers timers) {
    this(limits, timers, new HeadParser(limits));
  }

  private QuietConnection(Http1Config limits, Timers timers, HeadParser heads) {
    super(limits, null, null, null, null, null, own -> heads);
    this.timers = timers;
    this.heads = heads;
  }

  @Override
  public void bind(Socket socket) throws IOException {
    bind(new SocketHolder(socket));
  }

  @Override
  public void bind(SSLSocket secured, Socket plain) throws IOException {
    if (heads.hasLeftover()) {
      // What a proxy adds to its leave for a tunnel would be taken for words of the server.
      throw new ClientProtocolException("The proxy says more than that the tunnel is there");
    }
    bind(new SocketHolder(secured, plain));
  }

  @Override
  protected void bind(SocketHolder socket) throws IOException {
    if (closed.get()) {
      socket.getSocket().close();
      throw new InterruptedIOException("The connection was closed before it was there");
    }
    super.bind(socket);
    socketTimeout = Timeout.ofMilliseconds(socket.getSocket().getSoTimeout());
  }

  /** Asked when a reply has been read to its end; what has come by then is in memory. */
  @Override
  public boolean isConsistent() {
    return super.isConsistent() && !heads.hasLeftover();
  }

  /** Asked before another call; what has come meanwhile is read from the socket first. */
  @Override
  public boolean isStale() throws IOException {
    boolean recently = timers.nanoTime() - givenBackNanos < RECENTLY.toNanos();
    return !(recently && isSilent()) && (super.isStale() || heads.hasLeftover());
  }

  /** Whether nothing has come that was not read; says nothing about the end. */
  private boolean isSilent() throws IOException {
    SocketHolder holder = getSocketHolder();
    return holder != null
        && !heads.hasLeftover()
        && holder.getBaseSocket().getInputStream().available() == 0;
  }

  @Override
  public @Nullable Socket getSocket() {
    SocketHolder holder = getSocketHolder();
    return holder == null ? null : holder.getSocket();
  }

  @Override
  public @Nullable SSLSession getSSLSession() {
    return getSocket() instanceof SSLSocket secured ? secured.getSession() : null;
  }

  @Override
  public void setSocketTimeout(Timeout timeout) {
    super.setSocketTimeout(timeout);
    socketTimeout = timeout;
  }

  @Override
  public void passivate() {
    givenBackNanos = timers.nanoTime();
    super.setSocketTimeout(Timeout.ZERO_MILLISECONDS);
  }

  @Override
  public void activate() {
    super.setSocketTimeout(socketTimeout);
  }

  @Override
  public void close() throws IOException {
    if (closed.compareAndSet(false, true)) {
      super.close();
    }
  }

  @Override
  public void close(CloseMode mode) {
    if (closed.compareAndSet(false, true)) {
      super.close(mode);
    }
  }
}
