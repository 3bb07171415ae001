package ai.holysheep.camel.documentation;

import ai.holysheep.camel.catalogue.Catalogue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Makes the reference pages of options and headers from the metadata that Camel's generator writes
 * from the annotations in the code, and the page of faults from the cases that are tested, so that
 * the pages say what the code says.
 */
final class ReferencePages {

  /** Writes the pages. */
  static final String COMMAND =
      "mvn -q test -pl camel-holysheep-component -Dtest=ReferencePagesTest -Dreference.write=true";

  private static final String METADATA = "/META-INF/ai/holysheep/camel/holysheep.json";
  private static final String NOTE =
      "<!-- Made from the code. Do not edit; to make it anew: "
          + ReferencePages.COMMAND
          + " -->\n\n";
  private static final String OPTIONS_HEAD =
      "| option | default | type | meaning |\n| --- | --- | --- | --- |\n";

  private final JsonNode metadata;

  private ReferencePages(JsonNode metadata) {
    this.metadata = metadata;
  }

  static ReferencePages read() throws IOException {
    try (InputStream in = ReferencePages.class.getResourceAsStream(METADATA)) {
      return new ReferencePages(new ObjectMapper().readTree(in));
    }
  }

  /** The folder of the pages. */
  static Path folder() {
    return Path.of("..", "docs", "reference");
  }

  /** The pages by their file names. */
  Map<String, String> pages() {
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("component.md", component());
    pages.put("headers.md", headers());
    pages.put("wire-faults.md", Catalogue.page(NOTE));
    return pages;
  }

  void write() throws IOException {
    for (Map.Entry<String, String> page : pages().entrySet()) {
      Files.writeString(folder().resolve(page.getKey()), page.getValue());
    }
  }

  private String component() {
    JsonNode endpoint = metadata.get("properties");
    return "# Component and endpoint options\n\n"
        + NOTE
        + metadata.at("/component/description").asText()
        + "\n\n```text\n"
        + metadata.at("/component/syntax").asText()
        + "?option=value&option=value\n```\n\n"
        + "| part of the address | values | meaning |\n| --- | --- | --- |\n"
        + rows(endpoint, this::pathRow, option -> isPath(option.getValue()))
        + "\n## Options of endpoint and component\n\n"
        + "On the component they are defaults for all its endpoints, for example"
        + " `camel.component.holysheep.model=deepseek-v3.2`.\n\n"
        + OPTIONS_HEAD
        + rows(endpoint, this::optionRow, option -> !isPath(option.getValue()))
        + "\n## Options of the component alone\n\n"
        + OPTIONS_HEAD
        + rows(
            metadata.get("componentProperties"),
            this::optionRow,
            option -> !endpoint.has(option.getKey()))
        + "\nSee also: [headers](headers.md), [events](events.md), [errors](errors.md).\n";
  }

  private String headers() {
    String head = "| header | type | meaning |\n| --- | --- | --- |\n";
    JsonNode headers = metadata.get("headers");
    return "# Headers\n\n"
        + NOTE
        + "Each has a constant in `ai.holysheep.camel.HolySheepConstants`.\n\n"
        + "## Set by the route\n\nOn the message to the endpoint; each is stronger than the option"
        + " of the endpoint.\n\n"
        + head
        + rows(headers, this::headerRow, header -> isRequest(header.getValue()))
        + "\n## Set by the component\n\nOn the parts of a stream, or on the whole answer; one whose"
        + " value is not known is not set. A part also has the headers of the message that the"
        + " stream was split from.\n\n"
        + head
        + rows(headers, this::headerRow, header -> !isRequest(header.getValue()))
        + "\nSee also: [options](component.md), [events](events.md).\n";
  }

  private interface Row {
    String of(String name, JsonNode entry);
  }

  private static String rows(
      JsonNode entries, Row row, Predicate<Map.Entry<String, JsonNode>> wanted) {
    return entries.properties().stream()
        .filter(wanted)
        .map(entry -> row.of(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining());
  }

  private String pathRow(String name, JsonNode option) {
    return "| `%s` (required) | %s | %s |\n".formatted(name, values(option), description(option));
  }

  private String optionRow(String name, JsonNode option) {
    JsonNode prefix = option.get("prefix");
    String shown = prefix == null ? name : prefix.asText() + "*";
    String byDefault =
        option.has("defaultValue") ? "`" + option.get("defaultValue").asText() + "`" : "";
    return "| `%s` | %s | %s | %s |\n"
        .formatted(shown, byDefault, type(option), description(option));
  }

  private String headerRow(String name, JsonNode header) {
    return "| `%s` | %s | %s |\n"
        .formatted(name, code(header.get("javaType").asText()), description(header));
  }

  private static String type(JsonNode option) {
    if (option.has("enum")) {
      return values(option);
    }
    String type = option.get("type").asText();
    return type.equals("object") ? code(option.get("javaType").asText()) : type;
  }

  private static String values(JsonNode option) {
    return option
        .get("enum")
        .valueStream()
        .map(value -> "`" + value.asText() + "`")
        .collect(Collectors.joining(", "));
  }

  private static String code(String javaType) {
    return "`" + javaType.replaceAll("[a-z]+\\.", "") + "`";
  }

  private static String description(JsonNode entry) {
    String text = entry.get("description").asText().replace("|", "\\|");
    text = text.replaceAll(" This is a multi-value option with prefix: .*", "").strip();
    return entry.path("secret").asBoolean() ? text + " A secret: never logged." : text;
  }

  private static boolean isPath(JsonNode option) {
    return option.get("kind").asText().equals("path");
  }

  private static boolean isRequest(JsonNode header) {
    return header.get("label").asText().startsWith("producer");
  }
}
