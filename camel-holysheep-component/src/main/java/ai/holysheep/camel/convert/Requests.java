package ai.holysheep.camel.convert;

import ai.holysheep.camel.HolySheepConstants;
import ai.holysheep.camel.chat.ChatRequest;
import ai.holysheep.camel.chat.JsonOrText;
import ai.holysheep.camel.chat.Prompt;
import ai.holysheep.camel.error.FailureContext;
import ai.holysheep.camel.error.RequestRejectedException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/** Makes a request of a message and of what the route sets for all of them. */
public final class Requests {

  private Requests() {}

  /**
   * Reads body and headers.
   *
   * @throws RequestRejectedException when they make no request; says which one and why
   */
  public static ChatRequest of(Exchange exchange, RequestDefaults defaults) {
    return of(exchange, defaults, Prompts.of(exchange));
  }

  /** The same of the headers alone: what is asked is said in another way. */
  public static ChatRequest withoutPrompt(Exchange exchange, RequestDefaults defaults) {
    return of(exchange, defaults, new Prompt.Conversation(List.of()));
  }

  private static ChatRequest of(Exchange exchange, RequestDefaults defaults, Prompt prompt) {
    Message message = exchange.getMessage();
    String systemMessage = message.getHeader(HolySheepConstants.SYSTEM_MESSAGE, String.class);
    return new ChatRequest(
        prompt,
        blankAsNone(systemMessage == null ? defaults.systemMessage() : systemMessage),
        overrides(exchange),
        fields(defaults),
        isStream(exchange, defaults));
  }

  /** A blank header is how a message does without the system message of the route. */
  private static @Nullable String blankAsNone(@Nullable String text) {
    return text == null || text.isBlank() ? null : text;
  }

  private static boolean isStream(Exchange exchange, RequestDefaults defaults) {
    Object value = exchange.getMessage().getHeader(HolySheepConstants.STREAM);
    return value == null
        ? defaults.stream()
        : Parameter.typed(HolySheepConstants.STREAM, value, Boolean.class, exchange);
  }

  private static Map<String, Object> overrides(Exchange exchange) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (Parameter parameter : Parameter.all()) {
      Object value = exchange.getMessage().getHeader(parameter.header());
      if (value != null) {
        fields.put(parameter.field(), parameter.field(parameter.typed(value, exchange)));
      }
    }
    fields.putAll(map(exchange, HolySheepConstants.ADDITIONAL_BODY_PROPERTIES));
    return fields;
  }

  private static Map<String, Object> fields(RequestDefaults defaults) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (Parameter parameter : Parameter.all()) {
      Object value = defaults.parameters().get(parameter.header());
      if (value != null) {
        fields.put(parameter.field(), parameter.field(value));
      }
    }
    fields.putAll(values(defaults.bodyProperties()));
    return fields;
  }

  /** Options that name fields, as their values: a text may be JSON. */
  public static Map<String, Object> values(Map<String, Object> options) {
    Map<String, Object> fields = new LinkedHashMap<>();
    options.forEach(
        (name, value) ->
            fields.put(name, value instanceof String text ? new JsonOrText(text) : value));
    return fields;
  }

  /**
   * A header that holds a map by name.
   *
   * @return empty where the header is not set
   * @throws RequestRejectedException when it holds something else
   */
  public static Map<String, Object> map(Exchange exchange, String header) {
    Object value = exchange.getMessage().getHeader(header);
    if (value == null) {
      return Map.of();
    }
    if (!(value instanceof Map<?, ?> map)) {
      throw new RequestRejectedException(
          "The header " + header + " is a " + value.getClass().getName() + "; it must be a Map.",
          FailureContext.NONE);
    }
    Map<String, Object> named = new LinkedHashMap<>();
    map.forEach((name, entry) -> named.put(String.valueOf(name), entry));
    return named;
  }
}
