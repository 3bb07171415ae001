package ai.holysheep.camel;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.spi.PropertyConfigurerGetter;

/**
 * Finds options of an address that are no numbers. Camel makes 0 of most of them without a word,
 * and a time limit of 0 is none at all.
 */
final class NumbersOfAddress {

  private static final Pattern ZERO = Pattern.compile("[-+]?(pt?)?0.*");

  private final Map<String, Object> written;

  /**
   * @param parameters the options of an address as they are written there
   */
  NumbersOfAddress(Map<String, Object> parameters) {
    written = new HashMap<>(parameters);
  }

  /**
   * Looks at what became of the options.
   *
   * @throws IllegalArgumentException if one is 0 now that was not 0 in the address
   */
  void check(Object endpoint, PropertyConfigurerGetter options) {
    written.forEach(
        (name, value) -> {
          if (options.getOptionValue(endpoint, name, true) instanceof Number number
              && number.doubleValue() == 0
              && value instanceof String text
              && !text.startsWith("#")
              && !ZERO.matcher(text.strip().toLowerCase(Locale.ROOT)).matches()) {
            throw new IllegalArgumentException(
                "The option '"
                    + name
                    + "' cannot be '"
                    + text
                    + "'. Give a whole number, or for a time also such as 30s or 5m.");
          }
        });
  }
}
