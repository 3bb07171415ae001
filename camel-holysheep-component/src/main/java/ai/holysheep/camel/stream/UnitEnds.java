package ai.holysheep.camel.stream;

import java.lang.Character.UnicodeBlock;
import java.lang.Character.UnicodeScript;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Ends parts behind so many words or sentences. Blanks belong to what is before them, but for those
 * at the start of a line.
 */
final class UnitEnds implements PartEnds {

  private static final Set<UnicodeScript> SCRIPTS_WITHOUT_BLANKS =
      EnumSet.of(UnicodeScript.HAN, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA);

  private static final List<UnicodeBlock> POINTS_WITHOUT_BLANKS =
      Arrays.asList(
          UnicodeBlock.CJK_SYMBOLS_AND_PUNCTUATION, UnicodeBlock.HALFWIDTH_AND_FULLWIDTH_FORMS);

  private final Boundaries boundaries;
  private final boolean words;
  private final int size;
  private CharSequence text = "";

  /**
   * Behind the last letter or digit. What follows may be no more than half of what decides about a
   * boundary, as the bracket before a word is, and then the iterators of the JDK guess.
   */
  private int end;

  /** How far the text is read. */
  private int at;

  /** Whether that is among the blanks behind a unit, or before the first. */
  private boolean between = true;

  private boolean begun;
  private int units;

  UnitEnds(Boundaries boundaries, boolean words, int size) {
    this.boundaries = boundaries;
    this.words = words;
    this.size = size;
  }

  @Override
  public void grow(StringBuilder text, int from, int to) {
    this.text = text;
    for (int index = to; index > from; index -= charactersBefore(index)) {
      if (Character.isLetterOrDigit(Character.codePointBefore(text, index))) {
        end = index;
        break;
      }
    }
    boundaries.grow(text, end);
  }

  private int charactersBefore(int index) {
    return Character.charCount(Character.codePointBefore(text, index));
  }

  @Override
  public int next() {
    do {
      if (between && beginUnit()) {
        return startOfLine();
      }
    } while (endUnit());
    return NONE;
  }

  /** Goes to the next unit, if it has come; whether it is the first of another part. */
  private boolean beginUnit() {
    while (at < end && isBlank(at)) {
      at++;
    }
    if (at == end) {
      return false;
    }
    between = false;
    boolean another = begun && ++units == size;
    units = another ? 0 : units;
    begun = true;
    return another;
  }

  /** Goes to the end of a unit, if it is known. */
  private boolean endUnit() {
    if (between) {
      return false;
    }
    int found = boundaries.next();
    while (found != NONE && (found <= at || words && !endsWord(found))) {
      found = boundaries.next();
    }
    if (found == NONE) {
      return false;
    }
    at = found;
    between = true;
    return true;
  }

  /** Lines may be broken within words too, as after a hyphen or a point. */
  private boolean endsWord(int index) {
    return isBlank(index - 1)
        || isBlank(index)
        || isWrittenWithoutBlanks(Character.codePointBefore(text, index))
        || isWrittenWithoutBlanks(Character.codePointAt(text, index));
  }

  private static boolean isWrittenWithoutBlanks(int character) {
    return SCRIPTS_WITHOUT_BLANKS.contains(UnicodeScript.of(character))
        || POINTS_WITHOUT_BLANKS.contains(UnicodeBlock.of(character));
  }

  /** Where the line begins, if only blanks are between that and the unit; else the unit. */
  private int startOfLine() {
    int start = at;
    while (start > 0 && isBlank(start - 1) && text.charAt(start - 1) != '\n') {
      start--;
    }
    return start > 0 && text.charAt(start - 1) == '\n' ? start : at;
  }

  private boolean isBlank(int index) {
    return Character.isWhitespace(text.charAt(index));
  }

  @Override
  public void cut() {
    units = 0;
  }

  @Override
  public void move(int count) {
    boundaries.move(count);
    at = Math.max(0, at - count);
    end = Math.max(0, end - count);
  }

  @Override
  public void clear() {
    boundaries.clear();
    at = 0;
    end = 0;
    between = true;
    begun = false;
    units = 0;
  }
}
