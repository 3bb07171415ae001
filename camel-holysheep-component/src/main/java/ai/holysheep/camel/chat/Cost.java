package ai.holysheep.camel.chat;

import java.io.Serializable;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What tokens cost.
 *
 * @param amount exact, in the currency; not negative
 * @param currency its code of ISO 4217, such as {@code USD}
 * @param source who says so
 * @param coverage which tokens it is for
 */
public record Cost(BigDecimal amount, String currency, CostSource source, CostCoverage coverage)
    implements Serializable {

  /** The currency of servers and of price tables. */
  public static final String USD = "USD";

  /** What the server charges: US dollars, for all tokens. */
  public static Cost ofServer(BigDecimal amount) {
    return new Cost(amount, USD, CostSource.SERVER, CostCoverage.ALL);
  }

  /**
   * What two calls cost together.
   *
   * @return null where one is not known, or the currencies differ
   */
  public static @Nullable Cost sum(@Nullable Cost one, @Nullable Cost other) {
    if (one == null || other == null || !one.currency.equals(other.currency)) {
      return null;
    }
    return new Cost(
        one.amount.add(other.amount),
        one.currency,
        one.source == other.source ? one.source : CostSource.MIXED,
        one.coverage == other.coverage ? one.coverage : CostCoverage.OUTPUT);
  }
}
