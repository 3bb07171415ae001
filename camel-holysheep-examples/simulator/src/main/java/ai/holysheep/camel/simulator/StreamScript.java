package ai.holysheep.camel.simulator;

import java.util.List;
import java.util.function.Consumer;

/**
 * A completion as a sequence of events, made when they are asked for. Step k, from 0, holds the
 * k-th token of every choice that has one, and the finish of every choice that has just run out of
 * them; so the last step, {@code length()}, holds finishes only.
 */
final class StreamScript {

  private final Completion completion;
  private final ChunkJson json;
  private final Fault fault;
  private final int length;

  StreamScript(Completion completion, Fault fault) {
    this.completion = completion;
    this.fault = fault;
    json = new ChunkJson(completion);
    length = completion.length();
  }

  int length() {
    return length;
  }

  boolean endsAt(int step, Fault.Kind kind) {
    return fault.kind() == kind && fault.isAt(step, length);
  }

  void opening(Consumer<String> sink) {
    List<Answer> answers = completion.answers();
    for (int i = 0; i < answers.size(); i++) {
      sink.accept(json.role(i, answers.get(i)));
    }
  }

  void step(int step, Consumer<String> sink) {
    if (endsAt(step, Fault.Kind.MALFORMED)) {
      sink.accept(ChunkJson.MALFORMED);
    }
    List<Answer> answers = completion.answers();
    for (int i = 0; i < answers.size(); i++) {
      List<Piece> pieces = answers.get(i).pieces();
      if (step < pieces.size()) {
        sink.accept(json.piece(i, pieces.get(step)));
      } else if (step == pieces.size()) {
        sink.accept(json.finish(i, answers.get(i)));
      }
    }
  }

  void closing(Consumer<String> sink) {
    if (completion.request().includeUsage()) {
      sink.accept(json.usage());
    }
    sink.accept(ChunkJson.DONE);
  }
}
