package ai.holysheep.camel.catalogue;

import ai.holysheep.camel.testing.Chunks;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The words that cases are written in, and how bytes are shown to a reader. */
final class Words {

  static final String HEL = event(Chunks.token("Hel"));
  static final String LO = event(Chunks.token("lo"));
  static final String STOP = event(Chunks.finish("stop"));
  static final String USAGE = event(Chunks.usage(7, 3));
  static final String DONE = event("[DONE]");

  /** What ends a good stream. */
  static final String FINISH = STOP + USAGE + DONE;

  private static final int SHOWN_CHARACTERS = 160;
  private static final char FIRST_RAW_BYTE = '\uF700';

  private static final Map<String, String> NAMES = new LinkedHashMap<>();

  static {
    NAMES.put(HEL, "‹Hel›");
    NAMES.put(LO, "‹lo›");
    NAMES.put(STOP, "‹stop›");
    NAMES.put(USAGE, "‹usage›");
    NAMES.put(DONE, "‹DONE›");
    NAMES.put(Chunks.token("Hel"), "{Hel}");
    NAMES.put(Chunks.token("lo"), "{lo}");
    NAMES.put(Chunks.finish("stop"), "{stop}");
    NAMES.put(Chunks.usage(7, 3), "{usage}");
    NAMES.put(Chunks.completion("Hello"), "{whole answer Hello}");
    String[] envelope = Chunks.chunk("DELTA", null).split("DELTA");
    NAMES.put(envelope[0], "{… \"delta\":");
    NAMES.put(envelope[1], " …}");
  }

  private Words() {}

  static String event(String data) {
    return "data: " + data + "\n\n";
  }

  /** A byte that need not be part of a character. */
  static String raw(int value) {
    return String.valueOf((char) (FIRST_RAW_BYTE + value));
  }

  /** A chunk with this delta. */
  static String delta(String delta) {
    return Chunks.chunk(delta, null);
  }

  /** A chunk whose only choice is this one. */
  static String choice(String choice) {
    return "{\"choices\":[" + choice + "]}";
  }

  static byte[] bytes(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int from = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || isRaw(text.charAt(i))) {
        bytes.writeBytes(text.substring(from, i).getBytes(StandardCharsets.UTF_8));
        from = i + 1;
        if (i < text.length()) {
          bytes.write(text.charAt(i) - FIRST_RAW_BYTE);
        }
      }
    }
    return bytes.toByteArray();
  }

  /** For people: known pieces by their names, what cannot be seen as an escape, long texts cut. */
  static String shown(String text) {
    String named = text;
    for (Map.Entry<String, String> name : NAMES.entrySet()) {
      named = named.replace(name.getKey(), name.getValue());
    }
    return escaped(
        named.length() <= SHOWN_CHARACTERS
            ? named
            : named.substring(0, SHOWN_CHARACTERS) + "… (" + bytes(text).length + " bytes)");
  }

  static String escaped(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .forEach(
            c ->
                shown.append(
                    Character.isBmpCodePoint(c) ? escaped((char) c) : Character.toString(c)));
    return shown.toString();
  }

  private static String escaped(char c) {
    if (isRaw(c)) {
      return "\\x%02X".formatted(c - FIRST_RAW_BYTE);
    }
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> isVisible(c) ? String.valueOf(c) : "\\u%04X".formatted((int) c);
    };
  }

  private static boolean isVisible(char c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE ->
          false;
      case Character.SURROGATE -> false;
      default -> true;
    };
  }

  private static boolean isRaw(char c) {
    return c >= FIRST_RAW_BYTE && c <= FIRST_RAW_BYTE + 0xFF;
  }
}
