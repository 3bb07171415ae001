package ai.holysheep.camel.examples.pipeline;

/** A failure in one line. */
final class Words {

  private Words() {}

  /** What the innermost cause says. */
  static String of(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return (message == null ? root.getClass().getSimpleName() : message).replaceAll("\\s+", " ");
  }
}
