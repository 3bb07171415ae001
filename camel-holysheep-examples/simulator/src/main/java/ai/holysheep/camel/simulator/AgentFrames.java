package ai.holysheep.camel.simulator;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Map;

/** Writes what is sent over the socket of an agent session. */
final class AgentFrames {

  static final JsonMapper JSON = new JsonMapper();

  /** What the vendor publishes, in USD for a million tokens of an answer. */
  private static final Map<String, BigDecimal> PRICES =
      Map.of(
          "gpt-4.1", new BigDecimal("8.00"),
          "claude-sonnet-4.5", new BigDecimal("15.00"),
          "gemini-2.5-flash", new BigDecimal("2.50"),
          "deepseek-v3.2", new BigDecimal("0.42"));

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
    BigDecimal price = PRICES.getOrDefault(model.id(), BigDecimal.ZERO);
    BigDecimal cost = price.multiply(BigDecimal.valueOf(usage.completionTokens())).movePointLeft(6);
    figures.put("cost", cost.stripTrailingZeros());
    frame.set("usage", figures);
    return frame.toString();
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
