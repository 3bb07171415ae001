package ai.holysheep.camel.stream;

import ai.holysheep.camel.chat.Coalescing;
import java.text.BreakIterator;
import java.util.Locale;

/**
 * Finds where the parts of a growing text end. Tells an end only when the character behind it is
 * known, because that may belong to what is before it; and reads no more again for each piece than
 * a few characters.
 */
interface PartEnds {

  /** Those of a text whose parts are handed on by time alone. */
  PartEnds NEVER =
      new PartEnds() {
        @Override
        public void grow(StringBuilder text, int from, int to) {}

        @Override
        public int next() {
          return NONE;
        }

        @Override
        public void cut() {}

        @Override
        public void move(int count) {}

        @Override
        public void clear() {}
      };

  /** No further end is known yet. */
  int NONE = -1;

  static PartEnds of(Coalescing coalescing) {
    int size = coalescing.size();
    return switch (coalescing.unit()) {
      case NONE, TIME -> NEVER;
      case CHARACTERS ->
          new PieceEnds(
              new Boundaries(BreakIterator.getCharacterInstance(Locale.ROOT), false), size);
      case WORDS ->
          new UnitEnds(
              new Boundaries(BreakIterator.getLineInstance(Locale.ROOT), false), true, size);
      case SENTENCES ->
          new UnitEnds(
              new Boundaries(BreakIterator.getSentenceInstance(Locale.ROOT), true), false, size);
    };
  }

  /**
   * The text has grown.
   *
   * @param text all of it that is not forgotten
   * @param from where what is new begins
   * @param to where what may be looked at ends
   */
  void grow(StringBuilder text, int from, int to);

  /** The next end in the text, in order, each once; {@link #NONE} until it grows further. */
  int next();

  /** A part was ended for another reason, and the next has begun. */
  void cut();

  /** So many characters at the start of the text are forgotten, all of them in parts that ended. */
  void move(int count);

  /** All of the text is forgotten. */
  void clear();
}
