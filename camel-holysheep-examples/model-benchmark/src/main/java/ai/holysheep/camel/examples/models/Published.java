package ai.holysheep.camel.examples.models;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** What the vendor publishes about its models, from a properties file. */
final class Published {

  /** The vendor's figures are those of answers of so many tokens. */
  static final int TOKENS = 500;

  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

  private final Properties properties;

  private Published(Properties properties) {
    this.properties = properties;
  }

  /**
   * Reads a file, or the one of this example where it is null.
   *
   * @throws IllegalArgumentException if a figure is no number
   */
  static Published read(@Nullable Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = file == null ? ofExample() : Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    Published published = new Published(properties);
    published.check();
    return published;
  }

  private static Reader ofExample() throws IOException {
    InputStream in = Published.class.getResourceAsStream("/published.properties");
    if (in == null) {
      throw new IOException("published.properties is missing from the class path.");
    }
    return new InputStreamReader(in, StandardCharsets.UTF_8);
  }

  private void check() {
    for (String name : properties.stringPropertyNames()) {
      if (!name.equals("models")
          && !properties.getProperty(name).strip().matches("\\d+(\\.\\d+)?")) {
        throw new IllegalArgumentException(
            name + " must be a number, not '" + properties.getProperty(name) + "'");
      }
    }
  }

  /** The models of the table, in its order. */
  List<String> models() {
    return Arrays.stream(properties.getProperty("models", "").split(","))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .toList();
  }

  /** A figure of a model, in milliseconds: firstToken, interval or total; null where unknown. */
  @Nullable Double millis(String model, String figure) {
    String value = properties.getProperty(model + "." + figure);
    return value == null ? null : Double.valueOf(value.strip());
  }

  /** USD for a million output tokens; null where unknown. */
  @Nullable BigDecimal price(String model) {
    String value = properties.getProperty(model + ".price");
    return value == null ? null : new BigDecimal(value.strip());
  }

  /** The price as text, or another text where it is unknown. */
  String priceOr(String model, String unknown) {
    BigDecimal price = price(model);
    return price == null ? unknown : price.toPlainString();
  }

  /** What so many output tokens cost, in USD; null where the price is unknown. */
  @Nullable BigDecimal cost(String model, long tokens) {
    BigDecimal price = price(model);
    return price == null ? null : price.multiply(BigDecimal.valueOf(tokens)).divide(MILLION);
  }
}
