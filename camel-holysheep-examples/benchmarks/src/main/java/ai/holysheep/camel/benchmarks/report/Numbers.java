package ai.holysheep.camel.benchmarks.report;

import java.util.Locale;

/** Numbers with as many digits as mean something. */
final class Numbers {

  private Numbers() {}

  /** Three digits, or all that stand before the point. */
  static String text(double number) {
    double size = Math.abs(number);
    String format = size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f";
    String text = String.format(Locale.ROOT, format, number);
    return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
  }
}
