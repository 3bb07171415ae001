package ai.holysheep.camel.transport;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be sent.
 *
 * @param uri the full address
 * @param headers the headers, the key's among them; {@code Content-Type} and {@code Accept}
 *     included
 * @param body the JSON text in UTF-8; null for a GET
 * @param limits how much a reply may bring
 */
public record Call(URI uri, Map<String, String> headers, byte @Nullable [] body, Limits limits) {

  /** Names the address alone: headers hold the key and bodies hold what people wrote. */
  @Override
  public String toString() {
    return (body == null ? "GET " : "POST ") + uri;
  }
}
