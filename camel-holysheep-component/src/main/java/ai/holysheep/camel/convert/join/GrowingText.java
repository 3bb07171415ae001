package ai.holysheep.camel.convert.join;

import java.io.Serializable;

/**
 * A text that never changes; adding to it makes a longer one. As long as each text is added to but
 * once, they share their characters, and adding costs what the piece is long; who adds to one for
 * the second time gets a copy. Thread-safe.
 */
final class GrowingText implements Serializable {

  private final transient StringBuilder shared;
  private final transient int length;

  GrowingText() {
    this(new StringBuilder(), 0);
  }

  private GrowingText(StringBuilder shared, int length) {
    this.shared = shared;
    this.length = length;
  }

  GrowingText plus(String piece) {
    synchronized (shared) {
      StringBuilder own =
          shared.length() == length ? shared : new StringBuilder(shared.substring(0, length));
      own.append(piece);
      return new GrowingText(own, own.length());
    }
  }

  @Override
  public String toString() {
    synchronized (shared) {
      return shared.substring(0, length);
    }
  }

  private Object writeReplace() {
    return new Saved(toString());
  }

  private record Saved(String text) implements Serializable {

    private Object readResolve() {
      return new GrowingText().plus(text);
    }
  }
}
