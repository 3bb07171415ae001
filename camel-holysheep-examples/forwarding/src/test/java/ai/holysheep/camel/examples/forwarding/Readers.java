package ai.holysheep.camel.examples.forwarding;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

// begin: push-readers
/** Which browsers are there, by the key of their connection, and which streams each one reads. */
final class Readers {

  private final Map<String, Set<String>> streams = new ConcurrentHashMap<>();

  void came(String browser) {
    streams.put(browser, new HashSet<>());
  }

  /** For each part before it is sent; fails where nobody reads it. */
  void reads(String browser, String stream) {
    Object known =
        streams.computeIfPresent(
            browser,
            (key, itsStreams) -> {
              itsStreams.add(stream);
              return itsStreams;
            });
    if (known == null) {
      throw new IllegalStateException("The browser has left");
    }
  }

  /** The streams that nobody reads any more. */
  Set<String> left(String browser) {
    Set<String> unread = streams.remove(browser);
    return unread == null ? Set.of() : unread;
  }
}
// end: push-readers
