package ai.holysheep.camel.stream;

import java.text.BreakIterator;

/**
 * The boundaries that an iterator of the JDK finds, in a text that grows. Such an iterator always
 * begins at the start of its text and takes the end of it for a boundary; so it is given the text
 * from a place on behind which it finds the same, and what it finds at the end does not count.
 */
final class Boundaries {

  /** What decides about a boundary is seldom more than a point, a bracket and a blank. */
  private static final int LOOK_BACK = 256;

  private static final char PARAGRAPH_SEPARATOR = '\u2029';

  private final BreakIterator iterator;
  private final boolean atLineFeeds;
  private CharSequence text = "";
  private int windowStart;
  private int end;

  /** Where the next window begins. */
  private int anchor;

  /**
   * @param atLineFeeds whether there is one behind each line feed, whatever the iterator thinks
   */
  Boundaries(BreakIterator iterator, boolean atLineFeeds) {
    this.iterator = iterator;
    this.atLineFeeds = atLineFeeds;
  }

  /** The text has grown, and may be looked at up to {@code end}. */
  void grow(CharSequence text, int end) {
    this.text = text;
    this.end = end;
    windowStart = anchor;
    String window = text.subSequence(anchor, end).toString();
    iterator.setText(atLineFeeds ? window.replace('\n', PARAGRAPH_SEPARATOR) : window);
  }

  /** The next boundary before the end, in order, each once; {@link PartEnds#NONE} for none. */
  int next() {
    int found = iterator.next();
    if (found == BreakIterator.DONE || windowStart + found >= end) {
      anchor = safeAnchor();
      return PartEnds.NONE;
    }
    anchor = windowStart + found;
    return anchor;
  }

  void move(int count) {
    anchor = Math.max(0, anchor - count);
  }

  void clear() {
    anchor = 0;
  }

  /** The last letter: what stands before it has no say in what follows it. */
  private int safeAnchor() {
    int farthest = Math.max(anchor, end - LOOK_BACK);
    int at = end;
    while (at > farthest) {
      int letter = Character.codePointBefore(text, at);
      at -= Character.charCount(letter);
      if (Character.isLetter(letter)) {
        return Math.max(at, anchor);
      }
    }
    return Math.max(at, anchor);
  }
}
