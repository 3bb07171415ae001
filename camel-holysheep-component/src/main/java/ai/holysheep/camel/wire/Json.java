package ai.holysheep.camel.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The one Jackson set-up. Locations in its error messages never quote the text. */
final class Json {

  /** Writes into a generator. */
  interface Content {
    void writeTo(JsonGenerator out) throws IOException;
  }

  static final int DEFAULT_DEPTH = StreamReadConstraints.DEFAULT_MAX_DEPTH;

  static final JsonFactory FACTORY = newFactory(DEFAULT_DEPTH);

  /** Kept because they know the names of fields; there are as many as applications set depths. */
  private static final Map<Integer, JsonFactory> FACTORIES =
      new ConcurrentHashMap<>(Map.of(DEFAULT_DEPTH, FACTORY));

  static final ObjectMapper MAPPER = JsonMapper.builder(FACTORY).findAndAddModules().build();

  private Json() {}

  /** One that reads no deeper than this. */
  static JsonFactory factory(int maxDepth) {
    return FACTORIES.computeIfAbsent(maxDepth, Json::newFactory);
  }

  /** How long a text may be is decided where it is received, and not again here. */
  private static JsonFactory newFactory(int maxDepth) {
    StreamReadConstraints constraints =
        StreamReadConstraints.builder()
            .maxNestingDepth(maxDepth)
            .maxStringLength(Integer.MAX_VALUE)
            .maxNameLength(Integer.MAX_VALUE)
            .build();
    // What is written was read before, or is flat.
    StreamWriteConstraints unlimited =
        StreamWriteConstraints.builder().maxNestingDepth(Integer.MAX_VALUE).build();
    return JsonFactory.builder()
        .streamWriteConstraints(unlimited)
        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
        .streamReadConstraints(constraints)
        .build();
  }

  /** Whether a parser has stopped because the text is nested too deeply. */
  static boolean isTooDeep(JsonParser in) {
    return in.getParsingContext().getNestingDepth()
        > in.streamReadConstraints().getMaxNestingDepth();
  }

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

  /** An object of one line. */
  static String object(Content content) {
    StringWriter text = new StringWriter(128);
    try (JsonGenerator out = FACTORY.createGenerator(text)) {
      out.writeStartObject();
      content.writeTo(out);
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** The same JSON in one line; null where the text is not one whole JSON value. */
  static @Nullable String oneLine(String json) {
    StringWriter text = new StringWriter(json.length());
    try (JsonParser in = FACTORY.createParser(json);
        JsonGenerator out = FACTORY.createGenerator(text)) {
      if (in.nextToken() == null) {
        return null;
      }
      copyValue(in, out);
      if (in.nextToken() != null) {
        return null;
      }
    } catch (IOException e) {
      return null;
    }
    return text.toString();
  }

  /**
   * Copies the value at which the parser stands. Numbers keep their digits: what a tool is called
   * with is not for us to round.
   *
   * @throws IOException also where the text ends within the value
   */
  static void copyValue(JsonParser in, JsonGenerator out) throws IOException {
    int depth = 0;
    for (JsonToken token = in.currentToken(); ; token = in.nextToken()) {
      if (token == null) {
        throw new IOException("the JSON value has no end");
      }
      if (token.isNumeric()) {
        out.writeNumber(in.getText());
      } else {
        out.copyCurrentEvent(in);
      }
      depth += token.isStructStart() ? 1 : 0;
      depth -= token.isStructEnd() ? 1 : 0;
      if (depth == 0) {
        return;
      }
    }
  }
}
