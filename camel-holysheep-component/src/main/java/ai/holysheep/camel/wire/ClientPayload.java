package ai.holysheep.camel.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** What an event that is sent into a session carries: a JSON object. Immutable. */
public final class ClientPayload {

  private static final String CONTENT = "content";

  private final ObjectNode fields;

  private ClientPayload(ObjectNode fields) {
    this.fields = fields;
  }

  /** Nothing. */
  public static ClientPayload empty() {
    return new ClientPayload(Json.MAPPER.createObjectNode());
  }

  /**
   * Makes one of a body.
   *
   * @param body an object, a map, or JSON text of one: taken as it is; anything else becomes the
   *     field {@code content}
   * @throws ai.holysheep.camel.error.RequestRejectedException when no JSON can be made of it
   */
  public static ClientPayload of(Object body) {
    JsonNode tree = tree(body);
    ObjectNode fields =
        tree instanceof ObjectNode object
            ? object.deepCopy()
            : Json.MAPPER.createObjectNode().set(CONTENT, tree);
    return new ClientPayload(fields);
  }

  /**
   * What a tool answered.
   *
   * @param body an object with the field {@code result} is taken as it is; anything else is the
   *     result
   */
  public static ClientPayload ofToolResult(Object body) {
    JsonNode tree = tree(body);
    boolean named = tree instanceof ObjectNode && tree.has("result");
    return new ClientPayload(
        named
            ? ((ObjectNode) tree).deepCopy()
            : Json.MAPPER.createObjectNode().set("result", tree));
  }

  private static JsonNode tree(Object body) {
    JsonNode json = body instanceof String text && isObject(text) ? Json.tree(text) : null;
    return json == null || json.isMissingNode() ? Conversations.toTree(body) : json;
  }

  private static boolean isObject(String text) {
    return text.stripLeading().startsWith("{");
  }

  /** The same with another field; one that is there already stays. */
  public ClientPayload with(String name, @Nullable Object value) {
    if (value == null || fields.has(name)) {
      return this;
    }
    ObjectNode more = fields.deepCopy();
    more.set(name, Conversations.toTree(value));
    return new ClientPayload(more);
  }

  /** A field that is a text; null where there is none. */
  public @Nullable String text(String name) {
    JsonNode value = fields.path(name);
    return value.isTextual() ? value.textValue() : null;
  }

  /**
   * What a message of a conversation has of it as its content: a text, or a list of the parts of a
   * content; else all of it as JSON text.
   */
  public Object content() {
    JsonNode content = fields.path(CONTENT);
    return content.isTextual() || content.isArray() ? content : fields.toString();
  }

  /** What a tool answered, as text. */
  public String result() {
    JsonNode result = fields.path("result");
    return result.isTextual() ? result.textValue() : result.toString();
  }

  ObjectNode fields() {
    return fields;
  }

  /** Says what it is, and not what people wrote. */
  @Override
  public String toString() {
    return "ClientPayload[" + fields.size() + " fields]";
  }
}
