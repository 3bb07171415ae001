package ai.holysheep.camel.transport.http;

import java.io.IOException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.RequestNotExecutedException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.nio.DefaultHttpResponseFactory;
import org.apache.hc.core5.http.impl.nio.DefaultHttpResponseParser;
import org.apache.hc.core5.http.nio.SessionInputBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the heads of the replies of one connection of the reactor, as {@link HeadParser} does of a
 * blocking one: half a head is none, and what comes while no reply is awaited is not kept for the
 * next one, but ends the connection. Belongs to the reactor's thread.
 */
final class AwaitedHeads extends DefaultHttpResponseParser<HttpResponse> {

  private boolean awaited;
  private boolean begun;
  private boolean tunnel;

  AwaitedHeads(Http1Config limits) {
    super(limits, DefaultHttpResponseFactory.INSTANCE);
  }

  /**
   * A request goes out.
   *
   * @param isForTunnel whether it asks a proxy for one
   */
  void await(boolean isForTunnel) {
    awaited = true;
    tunnel = isForTunnel;
  }

  /** The head of the reply is there, and not only that of one that says to wait. */
  void answered() {
    awaited = false;
  }

  @Override
  public @Nullable HttpResponse parse(SessionInputBuffer from, boolean endOfStream)
      throws IOException, HttpException {
    if (!awaited) {
      refuse(from);
      return null;
    }
    begun |= from.hasData();
    // The library takes the end of a connection for the end of the head.
    HttpResponse head = super.parse(from, false);
    if (head != null) {
      begun = false;
      return head;
    }
    if (endOfStream) {
      throw begun
          ? new ConnectionClosedException("The connection was closed in the middle of the head")
          : new NoHttpResponseException("The server closed the connection without a reply");
    }
    return null;
  }

  private void refuse(SessionInputBuffer from) throws IOException {
    if (from.hasData()) {
      throw tunnel
          ? new ClientProtocolException("The proxy says more than that the tunnel is there")
          : new RequestNotExecutedException("More has come than the reply that was asked for");
    }
  }
}
