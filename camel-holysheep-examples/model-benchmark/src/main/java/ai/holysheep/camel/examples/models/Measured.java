package ai.holysheep.camel.examples.models;

/**
 * The figures of one answer. Times are milliseconds.
 *
 * @param firstToken from the request to the first token
 * @param interval the mean time from one token to the next
 * @param total from the request to the last token
 * @param tokens how many tokens the answer has
 * @param usageSource who counted them: server or estimated
 * @param finishReason why the answer ended
 */
record Measured(
    double firstToken,
    double interval,
    double total,
    long tokens,
    String usageSource,
    String finishReason) {

  /** The time for so many tokens: as measured, or computed where the answer has another length. */
  double totalFor(long asked) {
    return tokens == asked ? total : firstToken + (asked - 1) * interval;
  }
}
