package ai.holysheep.camel.stream;

import ai.holysheep.camel.chat.Coalescing;
import java.text.BreakIterator;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Joins the pieces of a text to parts. The parts together are exactly the text. Holds back no more
 * than {@link #MOST} characters. Knows no clock; not thread-safe, the caller guards it.
 */
final class Coalescer {

  /** How many characters are held back, and how many a part has, at most. */
  static final int MOST = 64 * 1024;

  private final PartEnds ends;
  private final Consumer<String> parts;
  private final StringBuilder text = new StringBuilder();

  /** Where in the text what is held back begins. */
  private int start;

  /**
   * @param parts takes the parts, none of them empty
   */
  Coalescer(Coalescing coalescing, Consumer<String> parts) {
    this.ends = PartEnds.of(coalescing);
    this.parts = parts;
  }

  /** Hands on the parts that are complete with this piece. */
  void accept(String piece) {
    for (int from = 0; from < piece.length(); from += MOST) {
      grow(piece, from, Math.min(from + MOST, piece.length()));
    }
  }

  private void grow(String piece, int from, int to) {
    int length = text.length();
    text.append(piece, from, to);
    ends.grow(text, length, wholeCharacters());
    for (int end = ends.next(); end != PartEnds.NONE; end = ends.next()) {
      handOn(end);
    }
    while (text.length() - start > MOST) {
      handOn(characterEnd(start + MOST));
      ends.cut();
    }
    if (start > 0) {
      text.delete(0, start);
      ends.move(start);
      start = 0;
    }
  }

  /** Whether {@link #release} would hand on anything. */
  boolean isHolding() {
    return wholeCharacters() > 0;
  }

  /** Hands on what is held back, complete or not, but for half of a character. */
  void release() {
    end(wholeCharacters());
  }

  /** Hands on all that is held back: no more of this text comes. */
  void finish() {
    end(text.length());
  }

  private void end(int end) {
    handOn(end);
    text.delete(0, end);
    ends.clear();
    start = 0;
  }

  private void handOn(int end) {
    while (end - start > MOST) {
      part(characterEnd(start + MOST));
    }
    part(end);
  }

  private void part(int end) {
    if (end > start) {
      String part = text.substring(start, end);
      start = end;
      parts.accept(part);
    }
  }

  /** The length of the text without the first half of a character whose other half may come. */
  private int wholeCharacters() {
    int length = text.length();
    boolean half = length > 0 && Character.isHighSurrogate(text.charAt(length - 1));
    return half ? length - 1 : length;
  }

  /** The last place up to this one at which no character is cut, unless one is endless. */
  private int characterEnd(int index) {
    int from = index - MOST / 2;
    BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
    characters.setText(text.substring(from, index + 1));
    int end = from + characters.preceding(MOST / 2 + 1);
    if (end > from) {
      return end;
    }
    boolean withinPair = Character.isSurrogatePair(text.charAt(index - 1), text.charAt(index));
    return withinPair ? index - 1 : index;
  }
}
