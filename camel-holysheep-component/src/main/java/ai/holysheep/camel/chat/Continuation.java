package ai.holysheep.camel.chat;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a request has besides the beginning of its answer, for a server to go on after it.
 *
 * @param bodyFields further fields of the request by name
 * @param messageFields further fields of the message with the beginning, by name
 */
public record Continuation(Map<String, Object> bodyFields, Map<String, Object> messageFields) {

  /** For servers that go on without being told. */
  public static final Continuation PLAIN = new Continuation(Map.of(), Map.of());

  public Continuation {
    bodyFields = Collections.unmodifiableMap(new LinkedHashMap<>(bodyFields));
    messageFields = Collections.unmodifiableMap(new LinkedHashMap<>(messageFields));
  }
}
