package ai.holysheep.camel.examples.gateway.requests;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client is told instead of an answer, as OpenAI's server tells it.
 *
 * @param status the HTTP status
 * @param type OpenAI's word for what went wrong
 * @param message in words for people, without addresses
 * @param param the field at fault; null for none
 * @param code a narrower word than the type; null for none
 * @param retryAfter when another try makes sense; null where that is not known
 * @param kind the name of the exception, as events have it
 */
public record ErrorReply(
    int status,
    String type,
    String message,
    @Nullable String param,
    @Nullable String code,
    @Nullable Duration retryAfter,
    String kind) {

  ErrorReply(
      int status,
      String type,
      String message,
      @Nullable String param,
      @Nullable String code,
      @Nullable Duration retryAfter) {
    this(status, type, message, param, code, retryAfter, "RefusedException");
  }

  /** The whole seconds until another try makes sense; 0 where that is not known. */
  public long retryAfterSeconds() {
    return retryAfter == null ? 0 : Math.max(1, (retryAfter.toMillis() + 999) / 1000);
  }

  /** The object that OpenAI's clients read. */
  public Map<String, Object> fields() {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("message", message);
    error.put("type", type);
    error.put("param", param);
    error.put("code", code);
    return error;
  }

  /** The body of the HTTP reply. */
  public String json() {
    return Json.write(Map.of("error", fields()));
  }
}
