package ai.holysheep.camel.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The one Jackson set-up. Locations in its error messages never quote the text. */
final class Json {

  /** How long a text may be is decided where it is received, and not again here. */
  private static final StreamReadConstraints CONSTRAINTS =
      StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build();

  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .streamReadConstraints(CONSTRAINTS)
          .build();

  static final ObjectMapper MAPPER = JsonMapper.builder(FACTORY).findAndAddModules().build();

  private Json() {}

  static JsonParser parser(byte[] data, int offset, int length) throws IOException {
    return FACTORY.createParser(data, offset, length);
  }

  /** The text as a tree; null where it is not one whole JSON value. */
  static @Nullable JsonNode tree(String text) {
    try (JsonParser in = FACTORY.createParser(text)) {
      JsonNode tree = MAPPER.readTree(in);
      return in.nextToken() == null ? tree : null;
    } catch (IOException e) {
      return null;
    }
  }
}
