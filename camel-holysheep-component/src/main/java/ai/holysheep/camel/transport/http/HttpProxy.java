package ai.holysheep.camel.transport.http;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The proxy that requests go through: for https it carries a tunnel and sees nothing but the host's
 * name, for http it sees all.
 *
 * @param host its name or address
 * @param port its port, from 1 to 65535
 * @param username what it asks for; null where it asks for nothing
 * @param password the secret that belongs to the name; null for none
 * @param nonProxyHosts the hosts that are asked without it: names separated by {@code |}, where
 *     {@code *} stands for any letters; null for none
 */
public record HttpProxy(
    String host,
    int port,
    @Nullable String username,
    @Nullable String password,
    @Nullable String nonProxyHosts) {

  /** Whether requests to this host go through the proxy. */
  public boolean serves(String target) {
    if (nonProxyHosts == null) {
      return true;
    }
    String name = target.toLowerCase(Locale.ROOT);
    for (String pattern : nonProxyHosts.toLowerCase(Locale.ROOT).split("\\|")) {
      String literal = Pattern.quote(pattern.strip()).replace("*", "\\E.*\\Q");
      if (name.matches(literal)) {
        return false;
      }
    }
    return true;
  }

  /** Its address. */
  String place() {
    return host + ":" + port;
  }

  /** Without what the proxy asks for. */
  @Override
  public String toString() {
    return "HttpProxy[" + place() + "]";
  }
}
