package ai.holysheep.camel.catalogue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** In which pieces the bytes of a reply come. What they mean must not depend on it. */
record Delivery(String name, int longestPiece, long seed) {

  /** All of it at once, each byte alone, and cut anywhere. */
  static List<Delivery> all(long seed) {
    return List.of(
        new Delivery("whole", Integer.MAX_VALUE, 0),
        new Delivery("byte by byte", 1, 0),
        new Delivery("cut with seed " + seed, 0, seed));
  }

  List<byte[]> cut(byte[] bytes) {
    Random random = new Random(seed);
    // Large replies are cut into large pieces too, or a test of megabytes would never end.
    int bound = Math.max(40, bytes.length / 200);
    List<byte[]> pieces = new ArrayList<>();
    for (int from = 0; from < bytes.length; ) {
      int length = longestPiece > 0 ? longestPiece : 1 + random.nextInt(bound);
      int to = (int) Math.min((long) from + length, bytes.length);
      pieces.add(Arrays.copyOfRange(bytes, from, to));
      from = to;
    }
    return pieces;
  }

  @Override
  public String toString() {
    return name;
  }
}
