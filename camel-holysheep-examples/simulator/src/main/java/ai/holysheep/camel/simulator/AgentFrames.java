package ai.holysheep.camel.simulator;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;

/** Writes what is sent over the socket of an agent session. */
final class AgentFrames {

  static final JsonMapper JSON = new JsonMapper();

  /** A message of a type that no client is made to know. */
  static final String UNKNOWN = "{\"type\":\"mood\",\"value\":\"good\"}";

  static final String MALFORMED = "{\"type\":\"token\",\"content\":\"lost";

  private AgentFrames() {}

  static String text(String type, String content) {
    return frame(type).put("content", content).toString();
  }

  static String toolCall(String id, String name, String arguments) {
    return frame("tool_call")
        .put("id", id)
        .put("name", name)
        .put("arguments", arguments)
        .toString();
  }

  static String usage(Usage usage, SimulatedModel model) {
    ObjectNode frame = frame("usage");
    ObjectNode figures = usage.json();
    figures.put("cost", cost(usage, model));
    frame.set("usage", figures);
    return frame.toString();
  }

  private static BigDecimal cost(Usage usage, SimulatedModel model) {
    BigDecimal tokens = BigDecimal.valueOf(usage.completionTokens());
    BigDecimal cost = model.outputPrice().multiply(tokens).movePointLeft(6).stripTrailingZeros();
    return cost.scale() < 0 ? cost.setScale(0) : cost;
  }

  static String done(String reason) {
    return frame("done").put("finish_reason", reason).toString();
  }

  static String error(ApiError error) {
    ObjectNode frame = frame("error");
    frame
        .putObject("error")
        .put("message", error.message())
        .put("type", error.type())
        .put("code", error.code());
    return frame.toString();
  }

  static String acknowledgement(String type) {
    return frame("ack").put("received", type).toString();
  }

  private static ObjectNode frame(String type) {
    return JsonNodeFactory.instance.objectNode().put("type", type);
  }
}
