package ai.holysheep.camel;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.accounting.PriceTable;
import java.net.URI;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

class PriceOptionsTest {

  private static final URI HOLYSHEEP = URI.create(HolySheepConfiguration.DEFAULT_BASE_URL);
  private static final URI OTHER = URI.create("http://127.0.0.1:11434/v1");

  private final HolySheepConfiguration options = new HolySheepConfiguration();

  @Test
  void publishedPricesAreThoseOfHolySheepAlone() {
    assertThat(prices(HOLYSHEEP).pricesOf("gpt-4.1")).isNotNull();
    assertThat(prices(OTHER).pricesOf("gpt-4.1")).isNull();
  }

  @Test
  void pricesThatAreGivenAreThoseOfEveryServer() {
    PriceTable mine = PriceTable.parse("llama3.output=0");
    options.setPrices(mine);
    assertThat(prices(HOLYSHEEP)).isSameAs(mine);
    assertThat(prices(OTHER)).isSameAs(mine);
  }

  private PriceTable prices(URI baseUrl) {
    return PriceOptions.of(options, new DefaultCamelContext()).pricing(baseUrl).prices();
  }
}
