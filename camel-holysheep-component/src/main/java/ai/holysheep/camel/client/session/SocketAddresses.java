package ai.holysheep.camel.client.session;

import ai.holysheep.camel.transport.TransportFault;
import ai.holysheep.camel.transport.TransportFault.Kind;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/**
 * Reads where a server says that its socket is. The key goes there too, so it must be the server
 * that was asked, or one that the application allows, and as secure as that.
 */
final class SocketAddresses {

  private SocketAddresses() {}

  /**
   * The socket's address.
   *
   * @param baseUrl the API's address
   * @param named an address with {@code ws}, {@code wss}, {@code http} or {@code https}, or one
   *     relative to the API's
   * @throws TransportFault when it may not be used; the address is not repeated, because it may
   *     hold a secret
   */
  static URI of(URI baseUrl, String named, Set<String> allowedHosts) throws TransportFault {
    URI uri = withSocketScheme(parsed(baseUrl, named.strip()));
    if (uri.getRawUserInfo() != null || uri.getRawFragment() != null || uri.getHost() == null) {
      throw forbidden("the server names an address for its socket that is none");
    }
    if (isSecure(baseUrl) && !"wss".equals(uri.getScheme())) {
      throw forbidden(
          "the server names a socket without TLS (ws://), but the option 'baseUrl' has https");
    }
    String place = uri.getHost().toLowerCase(Locale.ROOT);
    String exactPlace = place + ":" + port(uri);
    boolean same = uri.getHost().equalsIgnoreCase(baseUrl.getHost()) && port(uri) == port(baseUrl);
    if (!same && !allowedHosts.contains(place) && !allowedHosts.contains(exactPlace)) {
      throw forbidden(
          "the server names a socket at "
              + exactPlace
              + ", which is not the host and port of the option 'baseUrl'. If that is right, add it"
              + " to the option 'allowedSocketHosts'");
    }
    return uri;
  }

  private static URI parsed(URI baseUrl, String named) throws TransportFault {
    try {
      return baseUrl.resolve(new URI(named));
    } catch (URISyntaxException e) {
      throw forbidden("the server names an address for its socket that is none");
    }
  }

  private static URI withSocketScheme(URI uri) throws TransportFault {
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    String socketScheme =
        switch (scheme) {
          case "ws", "http" -> "ws";
          case "wss", "https" -> "wss";
          default -> throw forbidden("the server names an address for its socket that is none");
        };
    String rest = uri.toString().substring(scheme.length());
    return URI.create(socketScheme + rest);
  }

  private static boolean isSecure(URI uri) {
    return "https".equalsIgnoreCase(uri.getScheme()) || "wss".equalsIgnoreCase(uri.getScheme());
  }

  private static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return isSecure(uri) ? 443 : 80;
  }

  private static TransportFault forbidden(String why) {
    return new TransportFault(Kind.FORBIDDEN_ADDRESS, why, null);
  }
}
