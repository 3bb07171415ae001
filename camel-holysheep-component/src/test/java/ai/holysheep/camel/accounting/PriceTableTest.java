package ai.holysheep.camel.accounting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceTableTest {

  @Test
  void modelMayHavePointsColonsAndSlashesInItsName() {
    PriceTable table =
        PriceTable.parse(
            "gpt-4.1.output=8.00\nmeta/llama3\\:8b.output : 0.1\nmeta/llama3\\:8b.input=0");
    assertThat(table.pricesOf("gpt-4.1"))
        .isEqualTo(new TokenPrices(null, null, new BigDecimal("8.00"), null));
    assertThat(table.pricesOf("meta/llama3:8b"))
        .isEqualTo(new TokenPrices(BigDecimal.ZERO, null, new BigDecimal("0.1"), null));
    assertThat(table.pricesOf("gpt-4")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "m.output=cheap, 'm.output' is no number: 'cheap'",
    "m.output=,      'm.output' is no number: ''",
    "m.output=-1,    'm.output' is no price: '-1'",
    "m.output=1e-99, 'm.output' is no price: '1e-99'",
    "m.price=1,      'm.price' ends with none of",
    "output=1,       'output' is not MODEL.output",
    "m.input=1,      'm.output' is missing",
    "m.output=\\u00, cannot be read"
  })
  void tableThatIsWrongSaysWhere(String line, String why) {
    assertThatThrownBy(() -> PriceTable.parse(line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why.strip());
  }
}
