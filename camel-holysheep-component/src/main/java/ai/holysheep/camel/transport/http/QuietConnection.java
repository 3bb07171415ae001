package ai.holysheep.camel.transport.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParserFactory;
import org.apache.hc.core5.http.impl.io.SocketHolder;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * A connection that logs nothing of what goes over it. HttpClient's own one writes every byte, the
 * key's too, to the logger {@code org.apache.hc.client5.http.wire}, and offers no way to leave
 * anything out.
 *
 * <p>One thread sends and reads; any thread may close it. The pool closes it.
 */
final class QuietConnection extends DefaultBHttpClientConnection
    implements ManagedHttpClientConnection {

  private final AtomicBoolean closed = new AtomicBoolean();
  private Timeout socketTimeout = Timeout.DISABLED;

  /** Not bound to a socket yet. */
  QuietConnection(Http1Config limits) {
    super(limits, null, null, null, null, null, new DefaultHttpResponseParserFactory(limits));
  }

  @Override
  public void bind(Socket socket) throws IOException {
    bind(new SocketHolder(socket));
  }

  @Override
  public void bind(SSLSocket secured, Socket plain) throws IOException {
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
