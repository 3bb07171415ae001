package ai.holysheep.camel.examples.gateway.answers;

import ai.holysheep.camel.error.CallCancelledException;
import ai.holysheep.camel.examples.gateway.requests.ErrorReply;
import ai.holysheep.camel.examples.gateway.requests.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** The last events that do not come from the model, in the form of those that do. */
final class LastEvents {

  private LastEvents() {}

  static String stopped(int index) {
    return event(index, CallCancelledException.class.getSimpleName(), "The answer was stopped.");
  }

  /** In words for people: what the exception says names addresses. */
  static String failed(int index, ErrorReply why) {
    Map<String, Object> event = fields(index, why.kind(), why.message());
    event.put("status", why.status());
    if (why.retryAfter() != null) {
      event.put("retryAfterSeconds", why.retryAfterSeconds());
    }
    return Json.write(event);
  }

  private static String event(int index, String kind, String message) {
    return Json.write(fields(index, kind, message));
  }

  private static Map<String, Object> fields(int index, String kind, String message) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("type", "error");
    event.put("index", index);
    event.put("error", kind);
    event.put("message", message);
    return event;
  }
}
