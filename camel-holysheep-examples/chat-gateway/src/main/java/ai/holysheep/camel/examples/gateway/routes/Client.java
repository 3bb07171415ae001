package ai.holysheep.camel.examples.gateway.routes;

import io.vertx.core.net.SocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.camel.Message;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpConstants;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway has to know of who sends requests.
 *
 * @param addressHeader the HTTP header in which a proxy tells the client's address; null where
 *     there is no proxy
 * @param passedHeaders the HTTP headers of clients that the model's server gets; no others reach it
 */
public record Client(@Nullable String addressHeader, List<String> passedHeaders) {

  /** Whom a request comes from. */
  String of(Message request) {
    return of(
        name -> request.getHeader(name, String.class),
        request.getHeader(VertxPlatformHttpConstants.REMOTE_ADDRESS, SocketAddress.class));
  }

  /** Whom a connection comes from, by the headers with which it began. */
  String of(UnaryOperator<@Nullable String> headers, @Nullable SocketAddress connected) {
    String told = addressHeader == null ? null : headers.apply(addressHeader);
    if (told != null && !told.isBlank()) {
      // Each proxy adds an address; those before the last may be made up by the client.
      return told.substring(told.lastIndexOf(',') + 1).trim();
    }
    return connected == null ? "unknown" : connected.hostAddress();
  }

  /** The headers of a request that are passed on, by their names. */
  Map<String, Object> passed(Message request) {
    Map<String, Object> passed = new LinkedHashMap<>();
    for (String name : passedHeaders) {
      String value = request.getHeader(name, String.class);
      if (value != null) {
        passed.put(name, value);
      }
    }
    return passed;
  }
}
