package ai.holysheep.camel.accounting;

import ai.holysheep.camel.chat.Cost;
import ai.holysheep.camel.chat.CostCoverage;
import ai.holysheep.camel.chat.CostSource;
import ai.holysheep.camel.chat.Usage;
import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/**
 * Says what a call cost: what the server says, and otherwise its tokens by a table of prices.
 *
 * @param prices in US dollars
 * @param currency of the result
 * @param perDollar how much of the currency a US dollar is
 */
public record Pricing(PriceTable prices, String currency, BigDecimal perDollar) {

  /** What the server says, in US dollars, and nothing else. */
  public static final Pricing BY_SERVER = new Pricing(PriceTable.EMPTY, Cost.USD, BigDecimal.ONE);

  /** The number of tokens that a price is for, as a power of ten. */
  private static final int MILLION = 6;

  /**
   * Adds what the tokens of one call cost.
   *
   * @return the same usage where that is not known
   */
  Usage price(String model, Usage usage) {
    Cost cost = usage.cost() == null ? computed(model, usage) : usage.cost();
    return cost == null ? usage : usage.withCost(converted(cost));
  }

  /** Whether the table has the prices of a model. */
  public boolean knows(String model) {
    return prices.pricesOf(model) != null;
  }

  /** A cost that this has told, in US dollars. */
  public BigDecimal dollars(Cost cost) {
    return cost.currency().equals(Cost.USD)
        ? cost.amount()
        : cost.amount().divide(perDollar, MathContext.DECIMAL64);
  }

  private Cost converted(Cost cost) {
    if (currency.equals(cost.currency())) {
      return cost;
    }
    BigDecimal amount = plain(cost.amount().multiply(perDollar));
    return new Cost(amount, currency, cost.source(), cost.coverage());
  }

  private @Nullable Cost computed(String model, Usage usage) {
    TokenPrices price = prices.pricesOf(model);
    if (price == null || usage.completionTokens() == null) {
      return null;
    }
    BigDecimal output = output(price, usage.completionTokens(), usage.reasoningTokens());
    BigDecimal input = input(price, usage.promptTokens(), usage.cachedTokens());
    return new Cost(
        plain((input == null ? output : output.add(input)).movePointLeft(MILLION)),
        Cost.USD,
        CostSource.PRICES,
        input == null ? CostCoverage.OUTPUT : CostCoverage.ALL);
  }

  private static BigDecimal output(TokenPrices price, long completion, @Nullable Long reasoning) {
    return split(completion, reasoning, price.output(), price.reasoning());
  }

  private static @Nullable BigDecimal input(
      TokenPrices price, @Nullable Long prompt, @Nullable Long cached) {
    return prompt == null || price.input() == null
        ? null
        : split(prompt, cached, price.input(), price.cachedInput());
  }

  /** Some of the tokens, never more than all, have a price of their own where there is one. */
  private static BigDecimal split(
      long all, @Nullable Long some, BigDecimal price, @Nullable BigDecimal priceOfSome) {
    if (some == null || priceOfSome == null) {
      return price.multiply(BigDecimal.valueOf(all));
    }
    BigDecimal apart = BigDecimal.valueOf(Math.min(some, all));
    BigDecimal rest = BigDecimal.valueOf(all).subtract(apart);
    return price.multiply(rest).add(priceOfSome.multiply(apart));
  }

  /** Without zeros at the end, and without an exponent where the amount is whole. */
  private static BigDecimal plain(BigDecimal amount) {
    BigDecimal stripped = amount.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
