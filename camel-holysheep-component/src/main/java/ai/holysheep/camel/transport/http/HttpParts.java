package ai.holysheep.camel.transport.http;

import ai.holysheep.camel.transport.Call;
import java.time.Duration;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.core5.http.HttpMessage;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** What both clients of the library are made of, the blocking one and the one with a reactor. */
final class HttpParts {

  static final String USER_AGENT = "camel-holysheep";

  private static final int MAX_HEAD_LINE_BYTES = 64 * 1024;
  private static final int MAX_HEADERS = 1000;
  private static final Timeout LONGEST_WAIT = Timeout.ofDays(36_500);

  /** An address may move meanwhile: a connection that is older is not used for another call. */
  private static final TimeValue OLDEST = TimeValue.ofMinutes(10);

  private HttpParts() {}

  /** Sets the headers of the call, and that no reply is to be encoded. */
  static void setHeaders(HttpMessage request, Call call) {
    call.headers().forEach((name, value) -> request.setHeader(new QuietHeader(name, value)));
    request.setHeader("Accept-Encoding", "identity");
  }

  static RequestConfig requests(HttpSettings settings) {
    HttpProxy proxy = settings.proxy();
    return RequestConfig.custom()
        .setConnectionRequestTimeout(placeTimeout(settings.connectionRequestTimeout()))
        .setResponseTimeout(Timeout.DISABLED)
        .setAuthenticationEnabled(proxy != null && proxy.username() != null)
        .setContentCompressionEnabled(false)
        .build();
  }

  static ConnectionConfig.Builder connections(HttpSettings settings) {
    return ConnectionConfig.custom()
        .setConnectTimeout(timeout(settings.connectTimeout()))
        .setSocketTimeout(Timeout.DISABLED)
        .setTimeToLive(OLDEST);
  }

  /** Not all versions of HttpClient count the handshake as connecting. */
  static TlsConfig handshakes(HttpSettings settings) {
    return TlsConfig.custom()
        .setHandshakeTimeout(timeout(settings.connectTimeout()))
        .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1)
        .build();
  }

  /** Without limits, an endless head would fill the memory; garbage before a head is no head. */
  static Http1Config.Builder limits() {
    return Http1Config.custom()
        .setMaxLineLength(MAX_HEAD_LINE_BYTES)
        .setMaxHeaderCount(MAX_HEADERS);
  }

  /** A lease does not wait at all when its timeout is zero or disabled. */
  private static Timeout placeTimeout(Duration duration) {
    return duration.isZero() ? LONGEST_WAIT : Timeout.of(duration);
  }

  private static Timeout timeout(Duration duration) {
    return duration.isZero() ? Timeout.DISABLED : Timeout.of(duration);
  }
}
