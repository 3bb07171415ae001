package ai.holysheep.camel.stream;

/**
 * Ends parts where pieces end, as soon as they have enough characters; where the next piece goes on
 * with the last character, behind that.
 */
final class PieceEnds implements PartEnds {

  private final Boundaries characters;
  private final int size;
  private int count;
  private int pieceStart;
  private boolean decided;

  PieceEnds(Boundaries characters, int size) {
    this.characters = characters;
    this.size = size;
  }

  @Override
  public void grow(StringBuilder text, int from, int to) {
    characters.grow(text, to);
    pieceStart = from;
    decided = from == 0;
  }

  @Override
  public int next() {
    for (int at = characters.next(); at != NONE; at = characters.next()) {
      count++;
      if (!decided && at >= pieceStart) {
        decided = true;
        if (count >= size) {
          count = 0;
          return at;
        }
      }
    }
    return NONE;
  }

  @Override
  public void cut() {
    count = 0;
  }

  @Override
  public void move(int count) {
    characters.move(count);
  }

  @Override
  public void clear() {
    characters.clear();
    count = 0;
  }
}
