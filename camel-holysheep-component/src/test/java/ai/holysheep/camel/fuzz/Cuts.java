package ai.holysheep.camel.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Ways to cut an input into reads. What looks like chance follows from the input itself, so that
 * the same input always fails or passes.
 */
final class Cuts {

  private Cuts() {}

  /** A source of choices that depends on the input alone. */
  static Random choices(byte[] input) {
    return new Random(Arrays.hashCode(input));
  }

  /** Sizes that are used over and over. */
  static List<Integer> sizes(Random random) {
    int largest = random.nextBoolean() ? 8 : 200;
    List<Integer> sizes = new ArrayList<>();
    for (int i = random.nextInt(5); i >= 0; i--) {
      sizes.add(1 + random.nextInt(largest));
    }
    return sizes;
  }

  /** The pieces themselves. */
  static List<byte[]> pieces(byte[] input, List<Integer> sizes) {
    List<byte[]> pieces = new ArrayList<>();
    for (int at = 0; at < input.length; ) {
      int end = Math.min(input.length, at + sizes.get(pieces.size() % sizes.size()));
      pieces.add(Arrays.copyOfRange(input, at, end));
      at = end;
    }
    return pieces;
  }
}
