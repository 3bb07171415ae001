package ai.holysheep.camel;

import ai.holysheep.camel.chat.Coalescing;
import ai.holysheep.camel.chat.CoalescingUnit;
import ai.holysheep.camel.chat.Continuation;
import ai.holysheep.camel.chat.FrameNames;
import ai.holysheep.camel.client.ApiKey;
import ai.holysheep.camel.client.CallSettings;
import ai.holysheep.camel.client.Deadlines;
import ai.holysheep.camel.convert.RequestDefaults;
import ai.holysheep.camel.convert.Requests;
import ai.holysheep.camel.error.AuthenticationFailedException;
import ai.holysheep.camel.error.FailureContext;
import ai.holysheep.camel.error.RequestRejectedException;
import ai.holysheep.camel.observe.CallObserver;
import ai.holysheep.camel.recovery.RetryPolicy;
import ai.holysheep.camel.transport.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  private static final Duration LONGEST = Duration.ofDays(36_500);

  private final CallSettings settings;
  private final RequestDefaults defaults;
  private final PriceOptions prices;
  private final boolean allowConnectionHeaders;

  private CallOptions(
      CallSettings settings,
      RequestDefaults defaults,
      PriceOptions prices,
      boolean allowConnectionHeaders) {
    this.settings = settings;
    this.defaults = defaults;
    this.prices = prices;
    this.allowConnectionHeaders = allowConnectionHeaders;
  }

  static CallOptions of(
      HolySheepConfiguration options,
      FrameNames frameNames,
      CallObserver observer,
      CamelContext context) {
    PriceOptions prices = PriceOptions.of(options, context);
    CallSettings settings =
        new CallSettings(
            BaseUrls.of("option 'baseUrl'", options.getBaseUrl()),
            key(options),
            RequestHeaders.of(options.getAdditionalHeader()),
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
            new Continuation(
                Requests.values(options.getContinueBodyProperty()),
                Requests.values(options.getContinueMessageProperty())),
            new Limits(
                atLeastOne("maxLineBytes", options.getMaxLineBytes()),
                atLeastOne("maxEventBytes", options.getMaxEventBytes()),
                limit("maxResponseBytes", options.getMaxResponseBytes()),
                atLeastOne("maxJsonDepth", options.getMaxJsonDepth())),
            atLeastOne("maxKeptCharacters", options.getMaxKeptCharacters()),
            options.isStrictEnd(),
            options.isSplitThinkTags(),
            coalescing(options),
            !options.isThrowExceptionOnFailure(),
            frameNames,
            prices.pricing(BaseUrls.of("option 'baseUrl'", options.getBaseUrl())),
            PriceOptions.callBudget(options),
            observer);
    RequestDefaults defaults =
        new RequestDefaults(
            options.getSystemMessage(),
            parameters(options, context),
            Map.copyOf(options.getAdditionalBodyProperty()),
            options.isStream() || options.getStreamTo() != null,
            options.getStreamFormat());
    return new CallOptions(settings, defaults, prices, options.isAllowConnectionHeaders());
  }

  private static Coalescing coalescing(HolySheepConfiguration options) {
    CoalescingUnit unit = options.getCoalesce();
    int size = atLeastOne("coalesceSize", options.getCoalesceSize());
    Duration timeout = duration("coalesceTimeout", options.getCoalesceTimeout());
    if (unit == CoalescingUnit.NONE && (size > 1 || !timeout.isZero())) {
      throw new IllegalArgumentException(
          "The option '"
              + (size > 1 ? "coalesceSize" : "coalesceTimeout")
              + "' is for parts that are joined. Set the option 'coalesce' too.");
    }
    if (unit == CoalescingUnit.TIME && timeout.isZero()) {
      throw new IllegalArgumentException(
          "With the option 'coalesce=time', the option 'coalesceTimeout' must be more than 0.");
    }
    if (unit == CoalescingUnit.TIME && size > 1) {
      throw new IllegalArgumentException(
          "With the option 'coalesce=time', parts have no size. Remove the option 'coalesceSize',"
              + " or set 'coalesce' to characters, words or sentences.");
    }
    return new Coalescing(unit, size, timeout);
  }

  RequestDefaults defaults() {
    return defaults;
  }

  /** Whether a failure in the middle of a stream is its last part and fails no exchange. */
  boolean isFailureAsEvent() {
    return settings.failureAsEvent();
  }

  /** Where requests go that do not say otherwise. */
  URI baseUrl() {
    return settings.baseUrl();
  }

  /**
   * The settings where no message has a say.
   *
   * @throws AuthenticationFailedException where there is no key
   */
  CallSettings settingsOfEndpoint() {
    return settings(settings.baseUrl(), settings.apiKey(), settings.headers());
  }

  /** The settings for one message, which may bring headers of its own. */
  CallSettings settings(Exchange exchange) {
    Message message = exchange.getMessage();
    String url = takeConnectionHeader(message, HolySheepConstants.BASE_URL);
    String key = takeConnectionHeader(message, HolySheepConstants.API_KEY);
    if ((url != null || key != null) && !allowConnectionHeaders) {
      throw notAllowed(url == null ? HolySheepConstants.API_KEY : HolySheepConstants.BASE_URL);
    }
    URI baseUrl =
        url == null
            ? settings.baseUrl()
            : BaseUrls.of("header " + HolySheepConstants.BASE_URL, url);
    // What the options give, and what a header of theirs may be worth, is for their server alone.
    ApiKey own = url == null ? settings.apiKey() : null;
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(url == null ? settings.headers() : Map.of());
    RequestHeaders.override(headers, Requests.map(exchange, HolySheepConstants.ADDITIONAL_HEADERS));
    return settings(baseUrl, key == null ? own : ApiKey.of(key), headers);
  }

  private CallSettings settings(URI baseUrl, @Nullable ApiKey apiKey, Map<String, String> headers) {
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
        settings.continuation(),
        settings.limits(),
        settings.maxKeptCharacters(),
        settings.strictEnd(),
        settings.splitThinkTags(),
        settings.coalescing(),
        settings.failureAsEvent(),
        settings.frameNames(),
        prices.pricing(baseUrl),
        settings.budget(),
        settings.observer());
  }

  /**
   * Removed from the message, so that a key neither travels on with the answer nor is shown with a
   * failed message. Camel's messages know no case in names, unless the context was told otherwise:
   * then every spelling counts all the same.
   */
  private static @Nullable String takeConnectionHeader(Message message, String name) {
    List<String> spellings =
        message.getHeaders().keySet().stream().filter(name::equalsIgnoreCase).toList();
    String value = null;
    for (String spelling : spellings) {
      value = message.getHeader(spelling, String.class);
      message.removeHeader(spelling);
    }
    if (spellings.size() > 1) {
      throw new RequestRejectedException(
          "The header " + name + " is set more than once, in different spellings.",
          FailureContext.NONE);
    }
    return value;
  }

  private static RequestRejectedException notAllowed(String name) {
    return new RequestRejectedException(
        "The header "
            + name
            + " is set, but messages may not decide where requests go. Remove the"
            + " header, or set the option 'allowConnectionHeaders' where messages can be trusted.",
        FailureContext.NONE);
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
    return resource(value.substring("resource:".length()), context);
  }

  /** The text of a resource, such as {@code classpath:NAME}. */
  static String resource(String name, CamelContext context) {
    try (InputStream in = ResourceHelper.resolveMandatoryResourceAsInputStream(context, name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new RuntimeCamelException("Cannot read " + name, e);
    }
  }

  private static @Nullable ApiKey key(HolySheepConfiguration options) {
    String key = options.getApiKey();
    if (key == null) {
      key = System.getenv("HOLYSHEEP_API_KEY");
    }
    return key == null || key.isEmpty() ? null : ApiKey.of(key);
  }

  /** Longer than a hundred years is for ever, and would not fit into nanoseconds. */
  static Duration duration(String option, long millis) {
    if (millis < 0) {
      throw new IllegalArgumentException("The option '" + option + "' must not be negative.");
    }
    return Duration.ofMillis(Math.min(millis, LONGEST.toMillis()));
  }

  static int count(String option, int count) {
    if (count < 0) {
      throw new IllegalArgumentException("The option '" + option + "' must not be negative.");
    }
    return count;
  }

  static int atLeastOne(String option, int value) {
    return (int) limit(option, value);
  }

  private static long limit(String option, long value) {
    if (value < 1) {
      throw new IllegalArgumentException("The option '" + option + "' must be at least 1.");
    }
    return value;
  }
}
