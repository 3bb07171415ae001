package ai.holysheep.camel;

import ai.holysheep.camel.accounting.CallBudget;
import ai.holysheep.camel.accounting.PriceTable;
import ai.holysheep.camel.accounting.Pricing;
import ai.holysheep.camel.accounting.WindowBudget;
import ai.holysheep.camel.chat.Cost;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/**
 * The options that say what tokens cost, and how much may be spent, checked when a producer or the
 * component starts.
 */
final class PriceOptions {

  private static final URI PUBLISHER = URI.create(HolySheepConfiguration.DEFAULT_BASE_URL);

  private final @Nullable PriceTable given;
  private final String currency;
  private final BigDecimal perDollar;

  private PriceOptions(@Nullable PriceTable given, String currency, BigDecimal perDollar) {
    this.given = given;
    this.currency = currency;
    this.perDollar = perDollar;
  }

  static PriceOptions of(HolySheepConfiguration options, CamelContext context) {
    return switch (options.getCostCurrency()) {
      case Cost.USD -> new PriceOptions(given(options, context), Cost.USD, BigDecimal.ONE);
      case "CNY" -> new PriceOptions(given(options, context), "CNY", rate(options));
      default ->
          throw new IllegalArgumentException(
              "The option 'costCurrency' must be USD or CNY, and is '"
                  + options.getCostCurrency()
                  + "'.");
    };
  }

  private static BigDecimal rate(HolySheepConfiguration options) {
    double rate = options.getCnyPerUsd();
    if (!(rate > 0) || Double.isInfinite(rate)) {
      throw new IllegalArgumentException("The option 'cnyPerUsd' must be more than 0.");
    }
    // As it is written, and not as the nearest binary fraction.
    return BigDecimal.valueOf(rate);
  }

  private static @Nullable PriceTable given(HolySheepConfiguration options, CamelContext context) {
    String resource = options.getPriceTable();
    if (options.getPrices() != null || resource == null) {
      return options.getPrices();
    }
    String text = CallOptions.resource(resource, context);
    try {
      return PriceTable.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "The option 'priceTable' names " + resource + ". " + e.getMessage(), e);
    }
  }

  /** How much one call may use. */
  static CallBudget callBudget(HolySheepConfiguration options) {
    return new CallBudget(
        limit("maxTotalTokens", options.getMaxTotalTokens()),
        amount("maxCost", options.getMaxCost()));
  }

  /** How much all calls of a component may use. */
  static WindowBudget windowBudget(HolySheepComponent component) {
    BigDecimal cost = amount("budgetCost", component.getBudgetCost());
    Duration window = CallOptions.duration("budgetWindow", component.getBudgetWindow());
    if (window.isZero()) {
      throw new IllegalArgumentException("The option 'budgetWindow' must be more than 0.");
    }
    return new WindowBudget(limit("budgetTokens", component.getBudgetTokens()), cost, window);
  }

  private static long limit(String option, long limit) {
    if (limit < 0) {
      throw new IllegalArgumentException("The option '" + option + "' must not be negative.");
    }
    return limit;
  }

  /** As it is written, and not as the nearest binary fraction; null where there is no limit. */
  private static @Nullable BigDecimal amount(String option, double amount) {
    if (!(amount >= 0) || Double.isInfinite(amount)) {
      throw new IllegalArgumentException("The option '" + option + "' must not be negative.");
    }
    return amount == 0 ? null : BigDecimal.valueOf(amount);
  }

  /** What tokens cost at a server: what is published is true of its publisher alone. */
  Pricing pricing(URI baseUrl) {
    PriceTable table = given;
    if (table == null) {
      table = baseUrl.equals(PUBLISHER) ? Published.PRICES : PriceTable.EMPTY;
    }
    return new Pricing(table, currency, perDollar);
  }

  /** Read when it is needed first. */
  private static final class Published {

    static final PriceTable PRICES = PriceTable.published();
  }
}
