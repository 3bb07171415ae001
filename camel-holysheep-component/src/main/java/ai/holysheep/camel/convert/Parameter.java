package ai.holysheep.camel.convert;

import ai.holysheep.camel.HolySheepConstants;
import ai.holysheep.camel.chat.JsonText;
import ai.holysheep.camel.chat.TextList;
import ai.holysheep.camel.error.FailureContext;
import ai.holysheep.camel.error.RequestRejectedException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.TypeConversionException;

/**
 * The usual parameters of a chat completion: under which header a message sets them, what OpenAI
 * calls them, and how a value of the route becomes a value of the request.
 */
enum Parameter {
  MODEL(HolySheepConstants.MODEL, "model", String.class),
  TEMPERATURE(HolySheepConstants.TEMPERATURE, "temperature", Double.class),
  TOP_P(HolySheepConstants.TOP_P, "top_p", Double.class),
  MAX_TOKENS(HolySheepConstants.MAX_TOKENS, "max_tokens", Integer.class),
  STOP(HolySheepConstants.STOP, "stop", Object.class) {
    @Override
    Object field(Object value) {
      return value instanceof String text ? new TextList(text) : value;
    }
  },
  SEED(HolySheepConstants.SEED, "seed", Long.class),
  N(HolySheepConstants.N, "n", Integer.class),
  PRESENCE_PENALTY(HolySheepConstants.PRESENCE_PENALTY, "presence_penalty", Double.class),
  FREQUENCY_PENALTY(HolySheepConstants.FREQUENCY_PENALTY, "frequency_penalty", Double.class),
  RESPONSE_FORMAT(HolySheepConstants.RESPONSE_FORMAT, "response_format", Object.class) {
    @Override
    Object field(Object value) {
      return value instanceof String type ? Map.of("type", type) : value;
    }
  },
  JSON_SCHEMA(HolySheepConstants.JSON_SCHEMA, "response_format", Object.class) {
    @Override
    Object field(Object value) {
      Object schema = json("jsonSchema", value);
      return Map.of(
          "type",
          "json_schema",
          "json_schema",
          Map.of("name", "answer", "strict", true, "schema", schema));
    }
  },
  TOOLS(HolySheepConstants.TOOLS, "tools", Object.class) {
    @Override
    Object field(Object value) {
      return json("tools", value);
    }
  },
  TOOL_CHOICE(HolySheepConstants.TOOL_CHOICE, "tool_choice", Object.class) {
    @Override
    Object field(Object value) {
      return value instanceof String text ? toolChoice(text.strip()) : value;
    }
  },
  USER(HolySheepConstants.USER, "user", String.class);

  private static final Set<String> TOOL_CHOICES = Set.of("auto", "none", "required");

  private final String header;
  private final String field;
  private final Class<?> type;

  Parameter(String header, String field, Class<?> type) {
    this.header = header;
    this.field = field;
    this.type = type;
  }

  /** The header that sets it. */
  String header() {
    return header;
  }

  /** The field of the request. */
  String field() {
    return field;
  }

  /** The field's value for a value of the right type. */
  Object field(Object value) {
    return value;
  }

  /**
   * Brings a header's value to the right type.
   *
   * @throws RequestRejectedException when it cannot be
   */
  Object typed(Object value, Exchange exchange) {
    return typed(header, value, type, exchange);
  }

  static <T> T typed(String header, Object value, Class<T> type, Exchange exchange) {
    try {
      return exchange.getContext().getTypeConverter().mandatoryConvertTo(type, exchange, value);
    } catch (org.apache.camel.NoTypeConversionAvailableException | TypeConversionException e) {
      throw new RequestRejectedException(
          "The header " + header + " is '" + value + "', which is no " + type.getSimpleName() + ".",
          FailureContext.NONE,
          e);
    }
  }

  private static Object toolChoice(String text) {
    if (TOOL_CHOICES.contains(text)) {
      return text;
    }
    return text.startsWith("{")
        ? new JsonText("toolChoice", text)
        : Map.of("type", "function", "function", Map.of("name", text));
  }

  private static Object json(String option, Object value) {
    return value instanceof String text ? new JsonText(option, text) : value;
  }

  static List<Parameter> all() {
    return Arrays.asList(values());
  }
}
