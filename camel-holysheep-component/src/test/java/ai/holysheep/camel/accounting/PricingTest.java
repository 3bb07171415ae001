package ai.holysheep.camel.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.chat.Cost;
import ai.holysheep.camel.chat.CostCoverage;
import ai.holysheep.camel.chat.CostSource;
import ai.holysheep.camel.chat.Usage;
import ai.holysheep.camel.chat.UsageSource;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PricingTest {

  private static final PriceTable PRICES =
      PriceTable.parse(
          """
          output-only.output = 15.00
          full.input = 3
          full.cached_input = 0.5
          full.output = 10
          full.reasoning = 40
          plain.input = 3
          plain.output = 10
          free.output = 0
          """);

  @ParameterizedTest
  @CsvSource({
    "output-only, 500, 10000000,       ,     , 150,       OUTPUT",
    "output-only,    ,        1,       ,     , 0.000015,  OUTPUT",
    "plain,         2,        1,      1,    1, 0.000016,  ALL",
    "plain,          ,        1,       ,     , 0.00001,   OUTPUT",
    "full,       1000,      100,       ,     , 0.004,     ALL",
    "full,       1000,      100,    400,     , 0.003,     ALL",
    "full,       1000,      100,    400,   60, 0.0048,    ALL",
    "full,         10,       10,     99,   99, 0.000405,  ALL",
    "free,         10,       10,       ,     , 0,         OUTPUT"
  })
  void tokensCostWhatTheTableSays(
      String model,
      @Nullable Long prompt,
      @Nullable Long completion,
      @Nullable Long cached,
      @Nullable Long reasoning,
      String amount,
      CostCoverage coverage) {
    Usage usage = new Usage(prompt, completion, null, cached, reasoning, UsageSource.SERVER);
    assertThat(in(Cost.USD, "1").price(model, usage))
        .isEqualTo(
            usage.withCost(new Cost(new BigDecimal(amount), "USD", CostSource.PRICES, coverage)));
  }

  @Test
  void whatTheServerSaysCountsAndNothingElse() {
    Usage usage = usage(Cost.ofServer(new BigDecimal("0.10")));
    assertThat(in(Cost.USD, "1").price("full", usage)).isEqualTo(usage);
  }

  @Test
  void costIsUnknownWithoutAPriceOrWithoutTheTokensOfTheAnswer() {
    assertThat(in(Cost.USD, "1").price("other", usage(null)).cost()).isNull();
    Usage promptOnly = new Usage(7L, null, null, null, null, UsageSource.SERVER);
    assertThat(in(Cost.USD, "1").price("full", promptOnly).cost()).isNull();
    assertThat(Pricing.BY_SERVER.price("full", usage(null)).cost()).isNull();
  }

  @Test
  void anotherCurrencyIsConvertedExactly() {
    Usage told = in("CNY", "7.3").price("full", usage(Cost.ofServer(new BigDecimal("0.1"))));
    assertThat(told.cost())
        .isEqualTo(new Cost(new BigDecimal("0.73"), "CNY", CostSource.SERVER, CostCoverage.ALL));
    assertThat(in("CNY", "7.3").price("output-only", usage(null)).cost())
        .isEqualTo(
            new Cost(new BigDecimal("0.0003285"), "CNY", CostSource.PRICES, CostCoverage.OUTPUT));
  }

  @Test
  void publishedPricesAreOfAnswersAlone() {
    Pricing published = new Pricing(PriceTable.published(), Cost.USD, BigDecimal.ONE);
    Usage million = new Usage(1L, 1_000_000L, null, null, null, UsageSource.SERVER);
    assertThat(published.price("claude-sonnet-4.5", million).cost())
        .isEqualTo(new Cost(new BigDecimal("15"), "USD", CostSource.PRICES, CostCoverage.OUTPUT));
    assertThat(published.prices())
        .hasToString("PriceTable[claude-sonnet-4.5, deepseek-v3.2, gemini-2.5-flash, gpt-4.1]");
  }

  private static Usage usage(@Nullable Cost cost) {
    return new Usage(7L, 3L, 10L, null, null, UsageSource.SERVER, cost);
  }

  private static Pricing in(String currency, String perDollar) {
    return new Pricing(PRICES, currency, new BigDecimal(perDollar));
  }
}
