package ai.holysheep.camel.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Changes recorded answers a little: bytes, words, and whole lines. Works on Latin-1, so that a
 * character is a byte and UTF-8 can be broken too.
 */
final class Mutations {

  private static final List<String> WORDS =
      List.of(
          "data: [DONE]\n\n",
          "\n\n",
          "\r",
          "event: error\n",
          "{\"choices\":[{\"delta\":{\"content\":\"",
          "\"tool_calls\":[{\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}],",
          "\"finish_reason\":\"stop\",",
          "\"error\":{\"code\":",
          "\"index\":99999999999,",
          "}]}",
          "null",
          "1e400",
          "\\ud83d",
          "\u00ED\u00A0\u0080",
          "\u00FF",
          "[".repeat(1100),
          "1".repeat(1100));

  private Mutations() {}

  /** One or a few changes to one of the inputs. */
  static byte[] of(List<byte[]> inputs, Random random) {
    String text = pick(inputs, random);
    for (int i = random.nextInt(4); i >= 0; i--) {
      text =
          switch (random.nextInt(6)) {
            case 0 -> replace(text, random, String.valueOf((char) random.nextInt(256)));
            case 1 -> replace(text, random, WORDS.get(random.nextInt(WORDS.size())));
            case 2 -> text.substring(0, random.nextInt(text.length() + 1));
            case 3 -> replace(text, random, pick(inputs, random));
            case 4 -> shuffled(text, "\n", random);
            default -> shuffled(text, ",", random);
          };
    }
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String pick(List<byte[]> inputs, Random random) {
    return new String(inputs.get(random.nextInt(inputs.size())), StandardCharsets.ISO_8859_1);
  }

  /** Puts something between two places, or in place of what is there. */
  private static String replace(String text, Random random, String by) {
    int from = random.nextInt(text.length() + 1);
    int to = Math.min(text.length(), from + random.nextInt(4));
    return text.substring(0, from) + by + text.substring(to);
  }

  /** Moves, repeats or drops one of the pieces. */
  private static String shuffled(String text, String separator, Random random) {
    List<String> pieces = new ArrayList<>(List.of(text.split(separator, -1)));
    String piece = pieces.get(random.nextInt(pieces.size()));
    if (random.nextBoolean()) {
      pieces.remove(piece);
    }
    if (random.nextInt(3) > 0) {
      pieces.add(random.nextInt(pieces.size() + 1), piece);
    }
    return String.join(separator, pieces);
  }
}
