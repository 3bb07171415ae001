package ai.holysheep.camel.simulator;

import java.util.List;
import java.util.function.Consumer;

/**
 * A completion as server-sent events. Step k holds the k-th token of every choice that has one, and
 * the finish of every choice that has just run out of them; so the last step holds finishes only.
 */
final class StreamScript implements Script {

  private final Completion completion;
  private final ChunkJson json;
  private final int length;

  StreamScript(Completion completion) {
    this.completion = completion;
    json = new ChunkJson(completion);
    length = completion.length();
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public void opening(Consumer<String> sink) {
    List<Answer> answers = completion.answers();
    for (int i = 0; i < answers.size(); i++) {
      sink.accept(json.role(i, answers.get(i)));
    }
  }

  @Override
  public void step(int step, Consumer<String> sink) {
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

  @Override
  public void closing(Consumer<String> sink) {
    if (completion.request().includeUsage()) {
      sink.accept(json.usage());
    }
    sink.accept(ChunkJson.DONE);
  }

  @Override
  public String malformed() {
    return ChunkJson.MALFORMED;
  }

  @Override
  public String error(ApiError error) {
    return ChunkJson.error(error);
  }
}
