package ai.holysheep.camel.transport.http;

import ai.holysheep.camel.transport.TransportFault;
import ai.holysheep.camel.transport.TransportFault.Kind;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.TruncatedChunkException;
import org.jspecify.annotations.Nullable;

/** Names what HttpClient throws. Looks at classes only, never at messages. */
final class Faults {

  private Faults() {}

  /** What went wrong while a reply was read. */
  static TransportFault of(Exception e) {
    return e instanceof TransportFault named
        ? named
        : fault(whileReading(e), String.valueOf(e.getMessage()), e);
  }

  /**
   * What quotes words of the server is no cause that is kept: a stack trace would show it whole.
   */
  private static TransportFault fault(Kind kind, String message, Exception e) {
    return new TransportFault(kind, message, kind == Kind.NOT_HTTP ? null : e);
  }

  /**
   * What went wrong before there was a reply.
   *
   * @param secured whether a handshake had succeeded
   * @param proxy what the request was to go through; null for the direct way
   */
  static TransportFault beforeTheReply(Exception e, boolean secured, @Nullable HttpProxy proxy) {
    if (e instanceof TransportFault named) {
      return named;
    }
    Kind kind = kind(e, secured);
    if (proxy != null && kind == Kind.UNKNOWN_HOST) {
      return new TransportFault(Kind.PROXY, words(proxy, "has an unknown name"), e);
    }
    if (proxy != null && kind == Kind.REFUSED) {
      return new TransportFault(Kind.PROXY, words(proxy, "refuses connections"), e);
    }
    String message = kind == Kind.TLS ? Handshakes.reason(e) : String.valueOf(e.getMessage());
    return fault(kind, message, e);
  }

  /** What a proxy says. */
  static TransportFault of(HttpProxy proxy, String says) {
    return new TransportFault(Kind.PROXY, words(proxy, says), null);
  }

  private static String words(HttpProxy proxy, String says) {
    return "the proxy " + proxy.place() + " " + says;
  }

  private static Kind kind(Exception e, boolean secured) {
    if (e instanceof UnknownHostException) {
      return Kind.UNKNOWN_HOST;
    }
    // A reply is waited for by nobody's clock here, so it is the handshake that took too long.
    if (e instanceof SocketTimeoutException) {
      return Kind.CONNECT_TIMEOUT;
    }
    if (e instanceof ConnectException || e instanceof NoRouteToHostException) {
      return Kind.REFUSED;
    }
    if (e instanceof ConnectionRequestTimeoutException) {
      return Kind.NO_PLACE;
    }
    return e instanceof SSLException tls && isHandshake(tls, secured) ? Kind.TLS : whileReading(e);
  }

  /**
   * In TLS 1.3 a server looks at the client's certificate after the client has begun to send, and
   * says by an alert of the handshake that it has not taken anything in.
   */
  private static boolean isHandshake(SSLException e, boolean secured) {
    return !secured || e instanceof SSLHandshakeException;
  }

  /** A secure connection that breaks says so in words of TLS, but it is a broken one. */
  private static Kind whileReading(Exception e) {
    if (e instanceof MessageConstraintException) {
      return Kind.TOO_LONG;
    }
    if (e instanceof NoHttpResponseException || e instanceof SocketException) {
      return Kind.BROKEN;
    }
    if (e instanceof ConnectionClosedException || e instanceof TruncatedChunkException) {
      return Kind.CUT;
    }
    if (e instanceof MalformedChunkCodingException
        || e instanceof ProtocolException
        || e instanceof ClientProtocolException
        || e instanceof HttpException) {
      return Kind.NOT_HTTP;
    }
    return Kind.BROKEN;
  }
}
