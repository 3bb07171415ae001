package ai.holysheep.camel.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Makes up the arguments of a tool call from the JSON schema of the function's parameters. */
final class ToolArguments {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private ToolArguments() {}

  /**
   * One value for each property: the first of an enumeration, the subject for a text, or a plain
   * value.
   */
  static String from(JsonNode schema, String subject) {
    ObjectNode arguments = NODES.objectNode();
    schema
        .path("properties")
        .properties()
        .forEach(property -> arguments.set(property.getKey(), value(property.getValue(), subject)));
    return arguments.toString();
  }

  private static JsonNode value(JsonNode schema, String subject) {
    JsonNode choices = schema.path("enum");
    if (choices.isArray() && !choices.isEmpty()) {
      return choices.get(0);
    }
    return switch (schema.path("type").asText("string")) {
      case "integer" -> NODES.numberNode(7);
      case "number" -> NODES.numberNode(1.5);
      case "boolean" -> NODES.booleanNode(true);
      case "array" -> NODES.arrayNode();
      case "object" -> NODES.objectNode();
      case "null" -> NODES.nullNode();
      default -> NODES.textNode(subject);
    };
  }
}
