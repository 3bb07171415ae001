package ai.holysheep.camel.convert.join;

import java.util.List;
import java.util.StringJoiner;

/** Says which parts of a stream have not come. */
final class Gaps {

  /** As a header must not become longer than servers and brokers take. */
  private static final int MOST = 100;

  private Gaps() {}

  /**
   * The gaps, as in {@code 3,7-9,12-}. A number and a hyphen at the end say that all from there on
   * is missing, also the last part; three dots, that there are still more gaps.
   *
   * @param next the first index that is missing
   * @param present the parts behind it, in order
   */
  static String between(long next, List<Part> present) {
    StringJoiner gaps = new StringJoiner(",");
    int count = 0;
    long expected = next;
    for (Part part : present) {
      if (part.index() > expected) {
        if (count++ == MOST) {
          return gaps.add("...").toString();
        }
        gaps.add(range(expected, part.index() - 1));
      }
      if (part.event().isLast()) {
        return gaps.toString();
      }
      expected = part.index() + 1;
    }
    return gaps.add(expected + "-").toString();
  }

  private static String range(long from, long to) {
    return from == to ? Long.toString(from) : from + "-" + to;
  }
}
