package ai.holysheep.camel.transport;

import java.net.URI;
import java.util.Map;

/**
 * A socket that is to be opened.
 *
 * @param uri the full address, with {@code ws} or {@code wss}
 * @param headers the headers, the key's among them
 * @param limits how long a message may be
 */
public record SocketCall(URI uri, Map<String, String> headers, Limits limits) {

  /** Names the address alone: headers hold the key. A query may hold a secret of the server. */
  @Override
  public String toString() {
    return "GET " + uri.getScheme() + "://" + uri.getHost() + uri.getPath();
  }
}
