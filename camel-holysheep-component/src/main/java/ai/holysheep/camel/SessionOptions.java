package ai.holysheep.camel;

import ai.holysheep.camel.chat.FrameNames;
import ai.holysheep.camel.client.session.SessionSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the options of agent sessions, checked and made immutable. */
final class SessionOptions {

  private SessionOptions() {}

  /**
   * The settings of the sessions of an endpoint.
   *
   * @param baseUrl the API's address
   * @throws IllegalArgumentException when an option cannot be
   */
  static SessionSettings of(HolySheepSessionConfiguration options, URI baseUrl) {
    return new SessionSettings(
        options.getTransport(),
        socketUri(options.getSocketUrl(), baseUrl),
        path(options.getAgentPath()),
        name("agentModeProperty", options.getAgentModeProperty()),
        names("socketUrlHeaders", options.getSocketUrlHeaders()),
        hosts(options.getAllowedSocketHosts()),
        CallOptions.duration("pingInterval", options.getPingInterval()),
        CallOptions.duration("silenceTimeout", options.getSilenceTimeout()),
        CallOptions.duration("sessionMaxAge", options.getSessionMaxAge()),
        CallOptions.duration("sessionIdleTimeout", options.getSessionIdleTimeout()),
        CallOptions.duration("interruptTimeout", options.getInterruptTimeout()),
        CallOptions.duration("toolTimeout", options.getToolTimeout()),
        CallOptions.count("maxQueuedTurns", options.getMaxQueuedTurns()),
        CallOptions.atLeastOne("maxTurns", options.getMaxTurns()));
  }

  /**
   * What the messages of sessions are called.
   *
   * @throws IllegalArgumentException when a name is none
   */
  static FrameNames frameNames(HolySheepSessionConfiguration options) {
    Map<String, String> names =
        options.getFrameType().entrySet().stream()
            .collect(
                Collectors.toMap(Map.Entry::getKey, entry -> String.valueOf(entry.getValue())));
    return new FrameNames(names);
  }

  private static @Nullable URI socketUri(@Nullable String url, URI baseUrl) {
    if (url == null || url.isBlank()) {
      return null;
    }
    URI uri;
    try {
      uri = new URI(url.strip());
    } catch (URISyntaxException e) {
      throw badSocketUrl();
    }
    boolean isSocket = "ws".equals(uri.getScheme()) || "wss".equals(uri.getScheme());
    if (!isSocket || uri.getHost() == null || uri.getRawUserInfo() != null) {
      throw badSocketUrl();
    }
    if ("https".equalsIgnoreCase(baseUrl.getScheme()) && "ws".equals(uri.getScheme())) {
      throw new IllegalArgumentException(
          "The option 'socketUrl' is without TLS (ws://), though 'baseUrl' has https. Use wss://.");
    }
    return uri;
  }

  /** The address is not repeated, because what was put there by mistake may be a secret. */
  private static IllegalArgumentException badSocketUrl() {
    return new IllegalArgumentException(
        "The option 'socketUrl' must be an address with ws:// or wss:// and a host, without user.");
  }

  private static String path(String path) {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("The option 'agentPath' must begin with a slash.");
    }
    return path;
  }

  private static String name(String option, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException("The option '" + option + "' must not be blank.");
    }
    return value.strip();
  }

  private static List<String> names(String option, String list) {
    List<String> names = split(list);
    if (names.isEmpty()) {
      throw new IllegalArgumentException("The option '" + option + "' must name a header.");
    }
    return names;
  }

  private static Set<String> hosts(@Nullable String list) {
    return list == null
        ? Set.of()
        : split(list).stream()
            .map(host -> host.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
  }

  private static List<String> split(String list) {
    return Arrays.stream(list.split(","))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }
}
