package ai.holysheep.camel.stream;

/**
 * The beginning of a text that grows, as much of it as its call may keep. Never ends in half of a
 * character.
 */
final class KeptText {

  private final StringBuilder kept = new StringBuilder();
  private final Allowance allowance;
  private long droppedCharacters;

  KeptText(Allowance allowance) {
    this.allowance = allowance;
  }

  void append(String piece) {
    // What follows a gap would read as if there were none.
    int fitting = isCut() ? 0 : allowance.takeForText(piece.length());
    if (fitting == piece.length()) {
      kept.append(piece);
    } else {
      cut(piece, fitting);
    }
  }

  private void cut(String piece, int fitting) {
    kept.append(piece, 0, fitting);
    droppedCharacters += piece.length() - fitting;
    int last = kept.length() - 1;
    if (last >= 0 && Character.isHighSurrogate(kept.charAt(last))) {
      kept.setLength(last);
      droppedCharacters++;
    }
  }

  boolean isEmpty() {
    return kept.isEmpty();
  }

  boolean isCut() {
    return droppedCharacters > 0;
  }

  /** How many characters came that are not kept. */
  long droppedCharacters() {
    return droppedCharacters;
  }

  @Override
  public String toString() {
    return kept.toString();
  }
}
