package ai.holysheep.camel.examples.models;

import java.util.Locale;

/** Numbers as text, the same on each machine. */
final class Numbers {

  private Numbers() {}

  static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /** A median with its least and its most, in a given number of decimals. */
  static String spread(Spread spread, int decimals) {
    String number = "%." + decimals + "f";
    return format(
        number + " (" + number + "-" + number + ")",
        spread.median(),
        spread.least(),
        spread.most());
  }
}
