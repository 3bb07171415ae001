package ai.holysheep.camel.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * Reads single fields of a request and refuses wrong ones in the API's words. Null counts as
 * absent.
 */
final class Fields {

  private Fields() {}

  static @Nullable JsonNode optional(JsonNode object, String name) {
    JsonNode value = object.get(name);
    return value == null || value.isNull() ? null : value;
  }

  static JsonNode required(JsonNode object, String name, String path) {
    JsonNode value = optional(object, name);
    if (value == null) {
      throw missing(path);
    }
    return value;
  }

  static boolean flag(JsonNode object, String name, String path) {
    JsonNode value = optional(object, name);
    if (value != null && !value.isBoolean()) {
      throw wrongType(path, "a boolean", value);
    }
    return value != null && value.booleanValue();
  }

  static String text(JsonNode object, String name, String path) {
    JsonNode value = required(object, name, path);
    if (!value.isTextual()) {
      throw wrongType(path, "a string", value);
    }
    return value.textValue();
  }

  static int integer(JsonNode object, String name, int min, int max, int absent) {
    JsonNode value = optional(object, name);
    if (value == null) {
      return absent;
    }
    if (!value.isIntegralNumber()) {
      throw wrongType(name, "an integer", value);
    }
    checkRange(name, "integer", value, min, max);
    return value.intValue();
  }

  static void decimal(JsonNode object, String name, int min, int max) {
    JsonNode value = optional(object, name);
    if (value == null) {
      return;
    }
    if (!value.isNumber()) {
      throw wrongType(name, "a decimal", value);
    }
    checkRange(name, "decimal", value, min, max);
  }

  private static void checkRange(String name, String kind, JsonNode value, int min, int max) {
    if (value.doubleValue() < min) {
      throw outside(name, kind, "below minimum value", ">= " + min, value, "_below_min_value");
    }
    if (value.doubleValue() > max) {
      throw outside(name, kind, "above maximum value", "<= " + max, value, "_above_max_value");
    }
  }

  private static ApiError.RefusedException outside(
      String name, String kind, String how, String range, JsonNode value, String code) {
    String message =
        "Invalid '%s': %s %s. Expected a value %s, but got %s instead."
            .formatted(name, kind, how, range, value);
    return ApiError.invalid(message, name, kind + code).refused();
  }

  static ApiError.RefusedException missing(String path) {
    String message = "Missing required parameter: '" + path + "'.";
    return ApiError.invalid(message, path, "missing_required_parameter").refused();
  }

  static ApiError.RefusedException wrongType(String path, String expected, JsonNode value) {
    String message =
        "Invalid type for '%s': expected %s, but got %s instead."
            .formatted(path, expected, describe(value));
    return ApiError.invalid(message, path, "invalid_type").refused();
  }

  static ApiError.RefusedException wrongValue(String path, String message) {
    return ApiError.invalid("Invalid '" + path + "': " + message, path, "invalid_value").refused();
  }

  private static String describe(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> "a string";
      case NUMBER -> value.isIntegralNumber() ? "an integer" : "a decimal";
      case BOOLEAN -> "a boolean";
      case ARRAY -> "an array";
      case OBJECT -> "an object";
      default -> "null";
    };
  }
}
