package ai.holysheep.camel.stream;

import ai.holysheep.camel.chat.Choice;
import ai.holysheep.camel.chat.ChoiceDelta;
import ai.holysheep.camel.chat.ChoiceEnd;
import ai.holysheep.camel.chat.FinishReason;
import ai.holysheep.camel.chat.ToolCall;
import ai.holysheep.camel.chat.ToolCallFragment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One of the {@code n} answers while it grows. */
final class ChoiceDraft {

  private final int index;
  private final Allowance allowance;
  private final KeptText text;
  private final KeptText reasoning;
  private final @Nullable HeldText held;
  private ToolCallAssembler toolCalls;
  private @Nullable String rawFinishReason;

  /**
   * @param held what is held back of its texts; null where nothing ever is
   */
  ChoiceDraft(int index, Allowance allowance, @Nullable HeldText held) {
    this.index = index;
    this.allowance = allowance;
    this.held = held;
    this.text = new KeptText(allowance);
    this.reasoning = new KeptText(allowance);
    this.toolCalls = new ToolCallAssembler(allowance);
  }

  int index() {
    return index;
  }

  @Nullable HeldText held() {
    return held;
  }

  void accept(ChoiceDelta delta) {
    if (delta.text() != null) {
      text.append(delta.text());
    }
    if (delta.reasoning() != null) {
      reasoning.append(delta.reasoning());
    }
    List<ToolCallFragment> fragments = delta.toolCalls();
    for (int i = 0; i < fragments.size(); i++) {
      toolCalls.accept(fragments.get(i));
    }
    if (delta.finishReason() != null && !delta.finishReason().isEmpty()) {
      rawFinishReason = delta.finishReason();
    }
  }

  boolean isFinished() {
    return rawFinishReason != null;
  }

  /** Whether there is text, and all of it, that the model could go on after. */
  boolean isContinuable() {
    return !isFinished() && !text.isEmpty() && !text.isCut();
  }

  /** Calls that were cut are not gone on with: the model makes them anew. */
  void dropToolCalls() {
    allowance.forgetToolCalls();
    toolCalls = new ToolCallAssembler(allowance);
  }

  /** The calls that were not taken before. */
  List<ToolCall> takeToolCalls() {
    return toolCalls.take(isWhole());
  }

  Choice choice() {
    return new Choice(
        index,
        text.toString(),
        reasoning.toString(),
        toolCalls.calls(isWhole()),
        finishReason(),
        rawFinishReason,
        text.droppedCharacters() + reasoning.droppedCharacters() + toolCalls.droppedCharacters());
  }

  /** Several servers say "stop" after a tool call; what the answer is made of decides. */
  FinishReason finishReason() {
    FinishReason reason = FinishReason.of(rawFinishReason);
    boolean called = reason == FinishReason.STOP && toolCalls.isEndOfAnswer();
    return called ? FinishReason.TOOL_CALLS : reason;
  }

  @Nullable String rawFinishReason() {
    return rawFinishReason;
  }

  ChoiceEnd end() {
    return new ChoiceEnd(index, finishReason(), rawFinishReason);
  }

  private boolean isWhole() {
    FinishReason reason = finishReason();
    return reason == FinishReason.STOP || reason == FinishReason.TOOL_CALLS;
  }
}
