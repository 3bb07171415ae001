package ai.holysheep.camel;

import ai.holysheep.camel.client.ApiKey;
import ai.holysheep.camel.client.CallSettings;
import ai.holysheep.camel.client.Deadlines;
import ai.holysheep.camel.convert.RequestDefaults;
import ai.holysheep.camel.convert.Requests;
import ai.holysheep.camel.error.AuthenticationFailedException;
import ai.holysheep.camel.error.FailureContext;
import ai.holysheep.camel.error.RequestRejectedException;
import ai.holysheep.camel.recovery.RetryPolicy;
import ai.holysheep.camel.transport.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;

/**
 * The options of one endpoint, checked and made immutable when its producer starts, so that a call
 * never meets a half-set option.
 */
final class CallOptions {

  /** Headers that decide where a request goes, what it is, or with whose rights it goes there. */
  private static final Set<String> NOT_PER_MESSAGE =
      Set.of(
          "authorization",
          "host",
          "content-length",
          "content-type",
          "transfer-encoding",
          "connection",
          "upgrade",
          "proxy-authorization",
          "cookie",
          "expect",
          "te",
          "trailer");

  private static final Duration LONGEST = Duration.ofDays(36_500);

  private final CallSettings settings;
  private final RequestDefaults defaults;
  private final boolean allowConnectionHeaders;

  private CallOptions(
      CallSettings settings, RequestDefaults defaults, boolean allowConnectionHeaders) {
    this.settings = settings;
    this.defaults = defaults;
    this.allowConnectionHeaders = allowConnectionHeaders;
  }

  static CallOptions of(HolySheepConfiguration options, CamelContext context) {
    Map<String, String> headers = new LinkedHashMap<>();
    options.getAdditionalHeader().forEach((name, value) -> add(headers, name, value));
    headers.keySet().forEach(CallOptions::refuseFraming);
    CallSettings settings =
        new CallSettings(
            baseUrl("option 'baseUrl'", options.getBaseUrl()),
            key(options),
            headers,
            new Deadlines(
                duration("firstTokenTimeout", options.getFirstTokenTimeout()),
                duration("idleTimeout", options.getIdleTimeout()),
                duration("requestTimeout", options.getRequestTimeout()),
                duration("abandonedTimeout", options.getAbandonedTimeout())),
            new RetryPolicy(
                count("maxReconnects", options.getMaxReconnects()),
                duration("reconnectDelay", options.getReconnectDelay()),
                duration("maxRetryAfter", options.getMaxRetryAfter()),
                options.getRecovery()),
            new Limits(
                limit("maxLineBytes", options.getMaxLineBytes()),
                limit("maxEventBytes", options.getMaxEventBytes()),
                limit("maxResponseBytes", options.getMaxResponseBytes()),
                limit("maxJsonDepth", options.getMaxJsonDepth())),
            options.isStrictEnd(),
            !options.isThrowExceptionOnFailure());
    RequestDefaults defaults =
        new RequestDefaults(
            options.getSystemMessage(),
            parameters(options, context),
            Map.copyOf(options.getAdditionalBodyProperty()),
            options.isStream());
    return new CallOptions(settings, defaults, options.isAllowConnectionHeaders());
  }

  RequestDefaults defaults() {
    return defaults;
  }

  /** The settings for one message, which may bring headers of its own. */
  CallSettings settings(Exchange exchange) {
    Map<String, Object> added = Requests.map(exchange, HolySheepConstants.ADDITIONAL_HEADERS);
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(settings.headers());
    for (Map.Entry<String, Object> header : added.entrySet()) {
      refuseReserved(header.getKey());
      if (header.getValue() == null) {
        headers.remove(header.getKey());
      } else {
        add(headers, header.getKey(), header.getValue());
      }
    }
    return connection(exchange.getMessage(), headers);
  }

  private CallSettings connection(Message message, Map<String, String> headers) {
    String url = takeConnectionHeader(message, HolySheepConstants.BASE_URL);
    String key = takeConnectionHeader(message, HolySheepConstants.API_KEY);
    // The rights that the options give are for the server of the options.
    ApiKey own = url == null ? settings.apiKey() : null;
    if (url != null) {
      headers.keySet().removeIf(name -> NOT_PER_MESSAGE.contains(name.toLowerCase(Locale.ROOT)));
    }
    ApiKey apiKey = key == null ? own : ApiKey.of(key);
    URI baseUrl =
        url == null ? settings.baseUrl() : baseUrl("header " + HolySheepConstants.BASE_URL, url);
    if (apiKey == null && baseUrl.toString().equals(HolySheepConfiguration.DEFAULT_BASE_URL)) {
      throw new AuthenticationFailedException(
          "There is no API key. Set the option 'apiKey' of the endpoint or the component, or the"
              + " environment variable HOLYSHEEP_API_KEY.",
          FailureContext.NONE);
    }
    return new CallSettings(
        baseUrl,
        apiKey,
        headers,
        settings.deadlines(),
        settings.retries(),
        settings.limits(),
        settings.strictEnd(),
        settings.failureAsEvent());
  }

  /** Removed from the message, so that a key does not travel on with the answer. */
  private @Nullable String takeConnectionHeader(Message message, String name) {
    String value = message.getHeader(name, String.class);
    if (value == null) {
      return null;
    }
    if (!allowConnectionHeaders) {
      throw new RequestRejectedException(
          "The header "
              + name
              + " is set, but messages may not decide where requests go. Remove the"
              + " header, or set the option 'allowConnectionHeaders' where messages can be trusted.",
          FailureContext.NONE);
    }
    message.removeHeader(name);
    return value;
  }

  private static Map<String, Object> parameters(
      HolySheepConfiguration options, CamelContext context) {
    Map<String, Object> set = new LinkedHashMap<>();
    put(set, HolySheepConstants.MODEL, options.getModel());
    put(set, HolySheepConstants.TEMPERATURE, options.getTemperature());
    put(set, HolySheepConstants.TOP_P, options.getTopP());
    put(set, HolySheepConstants.MAX_TOKENS, options.getMaxTokens());
    put(set, HolySheepConstants.STOP, options.getStop());
    put(set, HolySheepConstants.SEED, options.getSeed());
    put(set, HolySheepConstants.N, options.getN());
    put(set, HolySheepConstants.PRESENCE_PENALTY, options.getPresencePenalty());
    put(set, HolySheepConstants.FREQUENCY_PENALTY, options.getFrequencyPenalty());
    put(set, HolySheepConstants.RESPONSE_FORMAT, options.getResponseFormat());
    put(set, HolySheepConstants.JSON_SCHEMA, text(options.getJsonSchema(), context));
    put(set, HolySheepConstants.TOOLS, text(options.getTools(), context));
    put(set, HolySheepConstants.TOOL_CHOICE, options.getToolChoice());
    put(set, HolySheepConstants.USER, options.getUser());
    return set;
  }

  private static void put(Map<String, Object> set, String header, @Nullable Object value) {
    if (value != null) {
      set.put(header, value);
    }
  }

  /** The text itself, or that of the resource that it names. */
  private static @Nullable String text(@Nullable String value, CamelContext context) {
    if (value == null || !value.startsWith("resource:")) {
      return value;
    }
    String resource = value.substring("resource:".length());
    try (InputStream in = ResourceHelper.resolveMandatoryResourceAsInputStream(context, resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new RuntimeCamelException("Cannot read " + resource, e);
    }
  }

  private static @Nullable ApiKey key(HolySheepConfiguration options) {
    String key = options.getApiKey();
    if (key == null) {
      key = System.getenv("HOLYSHEEP_API_KEY");
    }
    return key == null || key.isEmpty() ? null : ApiKey.of(key);
  }

  private static URI baseUrl(String where, String url) {
    try {
      URI uri = new URI(url.replaceAll("/+$", ""));
      boolean http = "http".equalsIgnoreCase(uri.getScheme());
      boolean plain =
          uri.getUserInfo() == null && uri.getQuery() == null && uri.getFragment() == null;
      if ((http || "https".equalsIgnoreCase(uri.getScheme())) && uri.getHost() != null && plain) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw badBaseUrl(where);
    }
    throw badBaseUrl(where);
  }

  /** Does not repeat the address: what was put there by mistake may be a secret. */
  private static RequestRejectedException badBaseUrl(String where) {
    return new RequestRejectedException(
        "The "
            + where
            + " is not an address with http:// or https:// and a host, and without user, query and"
            + " fragment, such as "
            + HolySheepConfiguration.DEFAULT_BASE_URL
            + ".",
        FailureContext.NONE);
  }

  /** Longer than a hundred years is for ever, and would not fit into nanoseconds. */
  static Duration duration(String option, long millis) {
    if (millis < 0) {
      throw new IllegalArgumentException(
          "The option '" + option + "' must not be negative; 0 switches it off.");
    }
    return Duration.ofMillis(Math.min(millis, LONGEST.toMillis()));
  }

  static int count(String option, int count) {
    if (count < 0) {
      throw new IllegalArgumentException("The option '" + option + "' must not be negative.");
    }
    return count;
  }

  private static int limit(String option, int value) {
    if (value < 1) {
      throw new IllegalArgumentException("The option '" + option + "' must be at least 1.");
    }
    return value;
  }

  /** They follow from the body, and a second one makes a request that no server reads. */
  private static void refuseFraming(String name) {
    if (name.equalsIgnoreCase("content-length") || name.equalsIgnoreCase("transfer-encoding")) {
      throw new IllegalArgumentException(
          "The option 'additionalHeader' cannot set the HTTP header " + name + ".");
    }
  }

  private static void refuseReserved(String name) {
    if (NOT_PER_MESSAGE.contains(name.toLowerCase(Locale.ROOT))) {
      throw new RequestRejectedException(
          "The HTTP header " + name + " cannot be set by a message.", FailureContext.NONE);
    }
  }

  private static void add(Map<String, String> headers, String name, @Nullable Object value) {
    String text = String.valueOf(value);
    boolean sendable =
        !name.isEmpty()
            && name.chars().allMatch(c -> c > ' ' && c < 0x7F && c != ':')
            && text.chars().allMatch(CallOptions::isSendable);
    if (!sendable) {
      throw new RequestRejectedException(
          "The additional header '"
              + name.replaceAll("[\\r\\n]", "?")
              + "' has a name or a value that cannot be sent, such as one with a line break or with a"
              + " letter outside of ISO 8859-1.",
          FailureContext.NONE);
    }
    headers.put(name, text);
  }

  private static boolean isSendable(int c) {
    return c == '\t' || c >= ' ' && c < 0x7F || c >= 0xA0 && c <= 0xFF;
  }
}
