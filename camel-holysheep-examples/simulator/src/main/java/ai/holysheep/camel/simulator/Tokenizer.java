package ai.holysheep.camel.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts text into pieces of about a word. As in real tokenizers, a space belongs to the word after
 * it, and long words are cut. The pieces joined are the text, and no character is cut in two.
 */
final class Tokenizer {

  private static final Pattern TOKEN =
      Pattern.compile(
          " ?[\\p{L}\\p{M}\\p{N}]{1,12}| ?[^\\s\\p{L}\\p{M}\\p{N}]{1,4}|\\r\\n|\\s",
          Pattern.DOTALL);

  private Tokenizer() {}

  static List<String> split(String text) {
    List<String> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      tokens.add(matcher.group());
    }
    return tokens;
  }

  static int count(String text) {
    Matcher matcher = TOKEN.matcher(text);
    int count = 0;
    while (matcher.find()) {
      count++;
    }
    return count;
  }
}
