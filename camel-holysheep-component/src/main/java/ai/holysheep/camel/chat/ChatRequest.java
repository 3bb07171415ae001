package ai.holysheep.camel.chat;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One question to a model. A field of the request is looked up in {@code overrides}, then in the
 * prompt where that is a JSON object, then in {@code defaults}.
 *
 * @param prompt what is asked
 * @param systemMessage put before a conversation that has no system message; null for none
 * @param overrides OpenAI's request fields that were set for this one message, the model among them
 * @param defaults OpenAI's request fields that were set in the route, the model among them
 * @param stream whether the answer is to come in chunks
 */
public record ChatRequest(
    Prompt prompt,
    @Nullable String systemMessage,
    Map<String, Object> overrides,
    Map<String, Object> defaults,
    boolean stream) {

  public ChatRequest {
    overrides = Collections.unmodifiableMap(new LinkedHashMap<>(overrides));
    defaults = Collections.unmodifiableMap(new LinkedHashMap<>(defaults));
  }
}
