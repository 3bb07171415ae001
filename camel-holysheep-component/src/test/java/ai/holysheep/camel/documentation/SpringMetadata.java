package ai.holysheep.camel.documentation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.util.StringHelper;

/**
 * Makes what editors need to know to complete {@code camel.component.holysheep.*} in a Spring Boot
 * application, from the metadata that Camel's generator writes.
 */
final class SpringMetadata {

  private static final String METADATA = "/META-INF/ai/holysheep/camel/holysheep.json";
  private static final String PREFIX = "camel.component.holysheep";

  private final ObjectMapper mapper = new ObjectMapper();

  static Path file() {
    return Path.of("src/generated/resources/META-INF/spring-configuration-metadata.json");
  }

  String json() throws IOException {
    ObjectNode root = mapper.createObjectNode();
    root.putArray("groups")
        .addObject()
        .put("name", PREFIX)
        .put("type", "ai.holysheep.camel.HolySheepComponent")
        .put("sourceType", "ai.holysheep.camel.springboot.HolySheepAutoConfiguration");
    ArrayNode properties = root.putArray("properties");
    ArrayNode hints = root.putArray("hints");
    options()
        .properties()
        .forEach(option -> add(option.getKey(), option.getValue(), properties, hints));
    return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
  }

  private JsonNode options() throws IOException {
    try (InputStream in = SpringMetadata.class.getResourceAsStream(METADATA)) {
      return mapper.readTree(in).get("componentProperties");
    }
  }

  private static void add(String option, JsonNode known, ArrayNode properties, ArrayNode hints) {
    String name = PREFIX + "." + StringHelper.camelCaseToDash(option);
    ObjectNode property =
        properties
            .addObject()
            .put("name", name)
            .put("type", known.get("javaType").asText())
            .put("description", known.get("description").asText());
    if (known.has("defaultValue")) {
      property.set("defaultValue", known.get("defaultValue"));
    }
    if (known.has("enum")) {
      ArrayNode values = hints.addObject().put("name", name).putArray("values");
      known.get("enum").forEach(value -> values.addObject().set("value", value));
    }
  }

  void write() throws IOException {
    Files.writeString(file(), json());
  }
}
