package ai.holysheep.camel.examples.gateway.requests;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON as it goes through the gateway. Thread-safe. */
public final class Json {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  private Json() {}

  /**
   * The fields of an object.
   *
   * @throws RefusedException when the text is no JSON object
   */
  public static Map<String, Object> object(@Nullable String text) {
    Map<String, Object> fields = null;
    try {
      fields = text == null || text.isBlank() ? null : MAPPER.readValue(text, OBJECT);
    } catch (JsonProcessingException e) {
      throw RefusedException.invalid(null, "The request is no JSON object.");
    }
    if (fields == null) {
      throw RefusedException.invalid(null, "The request is empty; it must be a JSON object.");
    }
    return fields;
  }

  /** A value as JSON text. */
  public static String write(@Nullable Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
