package ai.holysheep.camel.simulator;

import java.util.List;
import java.util.function.Consumer;

/** An answer as the messages of an agent session, and what of it has been said so far. */
final class AgentScript implements Script {

  private final ChatRequest request;
  private final Directives directives;
  private final Answer answer;
  private final List<Piece> pieces;
  private final Usage before;
  private final int promptTokens;
  private final Calls calls;

  // What has been said.
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder arguments = new StringBuilder();
  private String function = "";
  private int saidTokens;
  private int saidReasoning;

  /** Is told of each call of a tool before it is sent. */
  interface Calls {

    void called(String id, String name, String arguments);
  }

  /**
   * Plans the answer.
   *
   * @param before what the turn has used before tools answered
   * @throws ApiError.RefusedException if the prompt asks for what there is not
   */
  AgentScript(ChatRequest request, Directives directives, Usage before, Calls calls) {
    this.request = request;
    this.directives = directives;
    this.before = before;
    this.calls = calls;
    List<Answer> answers = new AnswerPlanner(request, directives).plan();
    answer = answers.get(0);
    pieces = answer.pieces();
    promptTokens = Usage.of(request, answers).promptTokens();
  }

  /** Whether it ends with calls of tools. */
  boolean callsTools() {
    return answer.finishReason().equals("tool_calls");
  }

  /** The text that has been said. */
  String text() {
    return text.toString();
  }

  /** What the turn has used up to now. */
  Usage used() {
    return before.plus(new Usage(promptTokens, saidTokens, saidReasoning));
  }

  /** The end of the turn, for a reason of its own or of the client. */
  void ending(String reason, Consumer<String> sink) {
    String usage = AgentFrames.usage(used(), request.model());
    boolean none = directives.has("nousage");
    boolean late = directives.has("lateusage");
    if (!none && !late) {
      sink.accept(usage);
    }
    sink.accept(AgentFrames.done(reason));
    if (!none && late) {
      sink.accept(usage);
    }
  }

  @Override
  public int length() {
    return pieces.size();
  }

  @Override
  public void opening(Consumer<String> sink) {
    if (directives.has("unknown")) {
      sink.accept(AgentFrames.UNKNOWN);
    }
  }

  @Override
  public void step(int step, Consumer<String> sink) {
    if (step == pieces.size()) {
      return;
    }
    saidTokens = step + 1;
    Piece piece = pieces.get(step);
    switch (piece.kind()) {
      case CONTENT -> {
        text.append(piece.text());
        sink.accept(AgentFrames.text("token", piece.text()));
      }
      case REASONING -> {
        saidReasoning++;
        sink.accept(AgentFrames.text("reasoning", piece.text()));
      }
      case CALL -> {
        function = piece.text();
        arguments.setLength(0);
        callIfWhole(step, sink);
      }
      case ARGUMENTS -> {
        arguments.append(piece.text());
        callIfWhole(step, sink);
      }
    }
  }

  private void callIfWhole(int step, Consumer<String> sink) {
    int call = pieces.get(step).call();
    if (step + 1 == pieces.size() || pieces.get(step + 1).call() != call) {
      String id = ChunkJson.callId(request.messages().size(), call);
      calls.called(id, function, arguments.toString());
      sink.accept(AgentFrames.toolCall(id, function, arguments.toString()));
    }
  }

  @Override
  public void closing(Consumer<String> sink) {
    if (!callsTools() || directives.has("toolend")) {
      ending(answer.finishReason(), sink);
    }
  }

  @Override
  public String malformed() {
    return AgentFrames.MALFORMED;
  }

  @Override
  public String error(ApiError error) {
    return AgentFrames.error(error);
  }
}
