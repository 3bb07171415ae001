package ai.holysheep.camel.transport.http;

import ai.holysheep.camel.transport.TransportFault;
import ai.holysheep.camel.transport.TransportFault.Kind;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.TruncatedChunkException;

/** Names what HttpClient throws. Looks at classes only, never at messages. */
final class Faults {

  private Faults() {}

  static TransportFault of(Exception e) {
    return new TransportFault(kind(e), String.valueOf(e.getMessage()), e);
  }

  private static Kind kind(Exception e) {
    if (e instanceof UnknownHostException) {
      return Kind.UNKNOWN_HOST;
    }
    if (e instanceof ConnectTimeoutException) {
      return Kind.CONNECT_TIMEOUT;
    }
    if (e instanceof ConnectException || e instanceof NoRouteToHostException) {
      return Kind.REFUSED;
    }
    if (e instanceof ConnectionRequestTimeoutException) {
      return Kind.NO_PLACE;
    }
    if (e instanceof SSLException) {
      return Kind.TLS;
    }
    if (e instanceof MessageConstraintException) {
      return Kind.TOO_LONG;
    }
    return whileReading(e);
  }

  private static Kind whileReading(Exception e) {
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
