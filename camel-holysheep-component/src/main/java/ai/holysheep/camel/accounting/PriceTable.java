package ai.holysheep.camel.accounting;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the tokens of models cost. Written as properties whose names are that of a model, a point,
 * and which price it is: {@code MODEL.input}, {@code MODEL.cached_input}, {@code MODEL.output} and
 * {@code MODEL.reasoning}, in US dollars for a million tokens. Immutable.
 */
public final class PriceTable {

  /** A table without models. */
  public static final PriceTable EMPTY = new PriceTable(Map.of());

  private static final String PUBLISHED = "/ai/holysheep/camel/published-prices.properties";

  private static final int LONGEST_PRICE = 20;

  private final Map<String, TokenPrices> models;

  private PriceTable(Map<String, TokenPrices> models) {
    this.models = Map.copyOf(models);
  }

  /**
   * A table of prices by models.
   *
   * @param models the prices by the ids of the models, as requests name them
   * @return a table that does not change with the map
   */
  public static PriceTable of(Map<String, TokenPrices> models) {
    return new PriceTable(models);
  }

  /** What HolySheep has published, which are prices of answers alone. */
  public static PriceTable published() {
    try (InputStream in = PriceTable.class.getResourceAsStream(PUBLISHED)) {
      if (in == null) {
        throw new IllegalStateException("The jar lacks " + PUBLISHED);
      }
      return read(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a table.
   *
   * @param text in the format of {@link Properties}
   * @throws IllegalArgumentException when it cannot be read; says which line is wrong, and why
   */
  public static PriceTable parse(String text) {
    try {
      return read(new StringReader(text));
    } catch (IOException e) {
      // Not from a text in memory.
      throw new UncheckedIOException(e);
    }
  }

  private static PriceTable read(Reader reader) throws IOException {
    Properties lines = new Properties();
    try {
      lines.load(reader);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("The price table cannot be read: " + e.getMessage(), e);
    }
    Map<String, Map<String, BigDecimal>> byModel = new HashMap<>();
    for (String name : new TreeSet<>(lines.stringPropertyNames())) {
      int point = name.lastIndexOf('.');
      if (point < 1) {
        throw wrong(name, "is not MODEL.output or the like");
      }
      byModel
          .computeIfAbsent(name.substring(0, point), model -> new HashMap<>())
          .put(kind(name, name.substring(point + 1)), price(name, lines.getProperty(name)));
    }
    Map<String, TokenPrices> models = new HashMap<>();
    byModel.forEach((model, prices) -> models.put(model, prices(model, prices)));
    return new PriceTable(models);
  }

  private static String kind(String name, String kind) {
    return switch (kind) {
      case "input", "cached_input", "output", "reasoning" -> kind;
      default -> throw wrong(name, "ends with none of input, cached_input, output and reasoning");
    };
  }

  private static BigDecimal price(String name, String written) {
    BigDecimal price;
    try {
      price = new BigDecimal(written.strip());
    } catch (NumberFormatException e) {
      throw wrong(name, "is no number: '" + written + "'");
    }
    if (price.signum() < 0 || Math.abs((long) price.scale()) > LONGEST_PRICE) {
      throw wrong(name, "is no price: '" + written + "'");
    }
    return price;
  }

  private static TokenPrices prices(String model, Map<String, BigDecimal> prices) {
    BigDecimal output = prices.get("output");
    if (output == null) {
      throw wrong(model + ".output", "is missing");
    }
    return new TokenPrices(
        prices.get("input"), prices.get("cached_input"), output, prices.get("reasoning"));
  }

  private static IllegalArgumentException wrong(String name, String why) {
    return new IllegalArgumentException("In the price table, '" + name + "' " + why + ".");
  }

  /** The prices of a model; null where it is not in the table. */
  public @Nullable TokenPrices pricesOf(String model) {
    return models.get(model);
  }

  @Override
  public String toString() {
    return "PriceTable" + new TreeSet<>(models.keySet());
  }
}
