package ai.holysheep.camel.transport.http;

import org.apache.hc.core5.http.message.BasicHeader;

/**
 * A request header that does not tell its value, because one of them holds the key. {@link
 * QuietConnection} logs no headers; this is for whatever else prints a request or a header of it,
 * such as a message of an exception.
 */
final class QuietHeader extends BasicHeader {

  QuietHeader(String name, String value) {
    super(name, value);
  }

  @Override
  public String toString() {
    return getName() + ": ***";
  }
}
