package ai.holysheep.camel.stream;

import ai.holysheep.camel.chat.ChoiceDelta;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the text of one answer stands: before its tags, between them, or past them. */
final class ChoiceTags {

  private static final String OPENING = "<think>";
  private static final String CLOSING = "</think>";

  private enum Place {
    BEFORE,
    WITHIN,
    PAST
  }

  private Place place = Place.BEFORE;

  /** How many characters of the tag that may come next are held back. */
  private int held;

  /** Whether all that follows is text. */
  boolean isPast() {
    return place == Place.PAST;
  }

  /** Adds the same delta with its text split, as one or, to keep the order, as two. */
  void split(ChoiceDelta delta, List<ChoiceDelta> parts) {
    String text = delta.text() == null ? "" : delta.text();
    StringBuilder before = new StringBuilder();
    StringBuilder thoughts = new StringBuilder();
    int at = 0;
    if (place == Place.BEFORE) {
      at = open(text, before);
    }
    if (place == Place.WITHIN) {
      at = close(text, at, thoughts);
    }
    StringBuilder after = new StringBuilder().append(text, at, text.length());
    String reasoning = delta.reasoning();
    if (!before.isEmpty() && !thoughts.isEmpty()) {
      parts.add(new ChoiceDelta(delta.index(), before.toString(), reasoning, List.of(), null));
      before.setLength(0);
      reasoning = null;
    }
    parts.add(
        new ChoiceDelta(
            delta.index(),
            before.append(after).toString(),
            joined(reasoning, thoughts),
            delta.toolCalls(),
            delta.finishReason()));
  }

  /** Adds what is held back, if anything is. */
  void letGo(int index, List<ChoiceDelta> parts) {
    if (held > 0) {
      String text = place == Place.BEFORE ? OPENING.substring(0, held) : null;
      String reasoning = place == Place.WITHIN ? CLOSING.substring(0, held) : null;
      held = 0;
      parts.add(new ChoiceDelta(index, text, reasoning, List.of(), null));
    }
  }

  /** Reads up to the end of the opening tag, or to where none can follow; returns how far. */
  private int open(String text, StringBuilder before) {
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == OPENING.charAt(held)) {
        at++;
        if (++held == OPENING.length()) {
          enter(Place.WITHIN);
          return at;
        }
      } else if (held == 0 && Character.isWhitespace(c)) {
        before.append(c);
        at++;
      } else {
        before.append(OPENING, 0, held);
        enter(Place.PAST);
        return at;
      }
    }
    return at;
  }

  /** Reads up to the end of the closing tag, or of what has come; returns how far. */
  private int close(String text, int from, StringBuilder thoughts) {
    int at = from;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == CLOSING.charAt(held)) {
        at++;
        if (++held == CLOSING.length()) {
          enter(Place.PAST);
          return at;
        }
      } else if (held > 0) {
        // No part of the tag but its first character can begin another one: c is looked at again.
        thoughts.append(CLOSING, 0, held);
        held = 0;
      } else {
        thoughts.append(c);
        at++;
      }
    }
    return at;
  }

  private void enter(Place next) {
    place = next;
    held = 0;
  }

  private static @Nullable String joined(@Nullable String reasoning, StringBuilder thoughts) {
    if (thoughts.isEmpty()) {
      return reasoning;
    }
    return reasoning == null ? thoughts.toString() : reasoning + thoughts;
  }
}
