package ai.holysheep.camel.simulator;

import java.util.List;

/**
 * The whole answer to one request, before it is sent.
 *
 * @param createdSeconds when it was made, in seconds since 1970
 */
record Completion(
    String id, long createdSeconds, ChatRequest request, List<Answer> answers, Usage usage) {

  /** How many tokens the longest choice has. */
  int length() {
    return answers.stream().mapToInt(answer -> answer.pieces().size()).max().orElse(0);
  }
}
