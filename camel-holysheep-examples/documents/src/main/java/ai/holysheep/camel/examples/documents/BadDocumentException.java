package ai.holysheep.camel.examples.documents;

/** A document that no model can answer, or an answer that is none. */
final class BadDocumentException extends RuntimeException {

  private final String advice;

  /**
   * Says what is wrong.
   *
   * @param reason what is wrong with it
   * @param advice what to do, as a sentence
   */
  BadDocumentException(String reason, String advice) {
    super(reason);
    this.advice = advice;
  }

  /** What to do, as a sentence. */
  String advice() {
    return advice;
  }
}
