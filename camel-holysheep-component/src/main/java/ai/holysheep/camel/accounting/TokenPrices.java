package ai.holysheep.camel.accounting;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The prices of one model, in US dollars for a million tokens.
 *
 * @param input of the prompt; null where it is not known
 * @param cachedInput of what the server had cached of the prompt; null where it is the same
 * @param output of the answer
 * @param reasoning of the answer's reasoning; null where it is the same
 */
public record TokenPrices(
    @Nullable BigDecimal input,
    @Nullable BigDecimal cachedInput,
    BigDecimal output,
    @Nullable BigDecimal reasoning) {}
