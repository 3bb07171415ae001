package ai.holysheep.camel.simulator;

/**
 * How the reply to a request says where its socket is. Immutable; every {@code with} method returns
 * a changed copy.
 *
 * @param header the name of the header
 * @param url its value, in which <code>{host}</code> is the host and port that the request was sent
 *     to, and <code>{path}</code> the path of the socket
 */
public record AgentOffer(String header, String url) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is blank
   */
  public AgentOffer {
    if (header.isBlank() || url.isBlank()) {
      throw new IllegalArgumentException("The header and the url of an offer must not be blank");
    }
  }

  /**
   * The offer as the vendor describes it.
   *
   * @return <code>Sec-WebSocket-URL: ws://{host}{path}</code>
   */
  public static AgentOffer usual() {
    return new AgentOffer("Sec-WebSocket-URL", "ws://{host}{path}");
  }

  /**
   * Changes the header.
   *
   * @param newHeader the name, for instance {@code Upgrade-URL}
   * @return a changed copy
   */
  public AgentOffer withHeader(String newHeader) {
    return new AgentOffer(newHeader, url);
  }

  /**
   * Changes the address.
   *
   * @param newUrl <code>http://{host}{path}</code>, <code>{path}</code> for a relative one, or any
   *     other, which no socket has to be at
   * @return a changed copy
   */
  public AgentOffer withUrl(String newUrl) {
    return new AgentOffer(header, newUrl);
  }

  String address(String host, String path) {
    return url.replace("{host}", host).replace("{path}", path);
  }
}
