package ai.holysheep.camel.simulator;

import java.util.Map;

/**
 * One request as it arrived.
 *
 * @param method the HTTP method in capitals
 * @param path the path without the query
 * @param headers names in lower case; several values of one name are joined with a comma
 * @param body the body as text, empty if there was none
 */
public record RecordedRequest(
    String method, String path, Map<String, String> headers, String body) {

  /** Makes the headers immutable. */
  public RecordedRequest {
    headers = Map.copyOf(headers);
  }

  /** Leaves out the headers, which hold the key, and the body, which may be long. */
  @Override
  public String toString() {
    return method + " " + path + " (" + body.length() + " characters)";
  }
}
