package ai.holysheep.camel.transport.http;

import org.apache.hc.core5.http.message.BasicHeader;

/**
 * A request header that does not tell its value: HttpClient logs headers as they print themselves,
 * and one of them holds the key.
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
