package ai.holysheep.camel.simulator;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;

/** Looks into what came over a socket. */
final class Agents {

  private Agents() {}

  static List<String> types(List<JsonObject> frames) {
    return frames.stream().map(frame -> frame.getString("type")).toList();
  }

  static String text(List<JsonObject> frames) {
    return frames.stream()
        .filter(frame -> frame.getString("type").equals("token"))
        .map(frame -> frame.getString("content"))
        .collect(Collectors.joining());
  }

  static JsonObject usage(List<JsonObject> frames) {
    return frames.stream()
        .filter(frame -> frame.getString("type").equals("usage"))
        .findFirst()
        .orElseThrow()
        .getJsonObject("usage");
  }

  static JsonObject last(List<JsonObject> frames) {
    return frames.get(frames.size() - 1);
  }

  static String code(JsonObject frame) {
    return frame.getJsonObject("error").getString("code");
  }
}
