package ai.holysheep.camel.simulator;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One choice of a completion.
 *
 * @param pieces its tokens in the order of sending
 * @param finishReason {@code stop}, {@code length} or {@code tool_calls}
 */
record Answer(List<Piece> pieces, String finishReason) {

  /** The answer as it is when it must not be longer than a number of tokens. */
  Answer limitedTo(int maxTokens) {
    return pieces.size() <= maxTokens ? this : new Answer(pieces.subList(0, maxTokens), "length");
  }

  boolean has(Piece.Kind kind) {
    return pieces.stream().anyMatch(piece -> piece.kind() == kind);
  }

  int count(Piece.Kind kind) {
    return (int) pieces.stream().filter(piece -> piece.kind() == kind).count();
  }

  String text(Piece.Kind kind) {
    return text(kind, 0);
  }

  String text(Piece.Kind kind, int call) {
    return pieces.stream()
        .filter(piece -> piece.kind() == kind && piece.call() == call)
        .map(Piece::text)
        .collect(Collectors.joining());
  }
}
