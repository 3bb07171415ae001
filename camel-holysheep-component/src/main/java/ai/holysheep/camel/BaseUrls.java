package ai.holysheep.camel;

import ai.holysheep.camel.error.FailureContext;
import ai.holysheep.camel.error.RequestRejectedException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;

/** Reads the address of an API, and so decides to which host a key may go. */
final class BaseUrls {

  private static final String COMPLETIONS = "/chat/completions";

  private BaseUrls() {}

  /**
   * The address without slashes at its end.
   *
   * @param where what it was read from, for the error
   * @throws RequestRejectedException when it is none; the address is not repeated, because what was
   *     put there by mistake may be a secret
   */
  static URI of(String where, String url) {
    try {
      URI uri = new URI(url.replaceAll("/+$", ""));
      if (!isHttp(uri) || uri.getHost() == null || !isPlain(uri)) {
        throw bad(where);
      }
      if (uri.getPath().endsWith(COMPLETIONS)) {
        throw rejected(where, "ends in " + COMPLETIONS + ": give what comes before that");
      }
      if (uri.getPort() == 0 || uri.getPort() > 65_535) {
        throw rejected(where, "has a port that is not from 1 to 65535");
      }
      return uri;
    } catch (URISyntaxException e) {
      throw bad(where);
    }
  }

  /** Whether what is sent there can be read on the way. The name service is not asked. */
  static boolean isExposed(URI baseUrl) {
    return "http".equalsIgnoreCase(baseUrl.getScheme()) && !isLoopback(baseUrl.getHost());
  }

  private static boolean isLoopback(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    if (name.startsWith("[") || name.matches("[0-9.]+")) {
      try {
        return InetAddress.getByName(name).isLoopbackAddress();
      } catch (UnknownHostException e) {
        return false;
      }
    }
    return name.equals("localhost") || name.endsWith(".localhost");
  }

  private static boolean isHttp(URI uri) {
    return "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
  }

  private static boolean isPlain(URI uri) {
    return uri.getRawUserInfo() == null
        && uri.getRawQuery() == null
        && uri.getRawFragment() == null;
  }

  private static RequestRejectedException bad(String where) {
    return rejected(
        where,
        "is not an address with http:// or https:// and a host in ASCII letters, and without user,"
            + " query and fragment, such as "
            + HolySheepConfiguration.DEFAULT_BASE_URL);
  }

  private static RequestRejectedException rejected(String where, String what) {
    return new RequestRejectedException("The " + where + " " + what + ".", FailureContext.NONE);
  }
}
