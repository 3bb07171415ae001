package ai.holysheep.camel.client;

/** What must not be shown, though a server may repeat it. */
final class Secret {

  /** Fewer letters than this tell nothing, and many a word ends in them. */
  private static final int SHORTEST_PART = 4;

  private final String value;

  Secret(String value) {
    this.value = value;
  }

  /** The text with every occurrence blotted out, as it is and as JSON may write it. */
  String blotOut(String text) {
    return text.replace(value, "***").replace(value.replace("/", "\\/"), "***");
  }

  /** The same for a text that may have been cut in the middle of it. */
  String blotOutOfCut(String text) {
    String blotted = blotOut(text);
    for (int length = value.length() - 1; length >= SHORTEST_PART; length--) {
      if (blotted.endsWith(value.substring(0, length))) {
        return blotted.substring(0, blotted.length() - length) + "***";
      }
    }
    return blotted;
  }

  @Override
  public String toString() {
    return "***";
  }
}
