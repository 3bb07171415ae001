package ai.holysheep.camel.stream;

import ai.holysheep.camel.chat.Choice;
import ai.holysheep.camel.chat.ChoiceDelta;
import ai.holysheep.camel.chat.FinishReason;
import ai.holysheep.camel.chat.ToolCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One of the {@code n} answers while it grows. */
final class ChoiceDraft {

  private final int index;
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder reasoning = new StringBuilder();
  private ToolCallAssembler toolCalls = new ToolCallAssembler();
  private @Nullable String rawFinishReason;

  ChoiceDraft(int index) {
    this.index = index;
  }

  int index() {
    return index;
  }

  void accept(ChoiceDelta delta) {
    if (delta.text() != null) {
      text.append(delta.text());
    }
    if (delta.reasoning() != null) {
      reasoning.append(delta.reasoning());
    }
    delta.toolCalls().forEach(toolCalls::accept);
    if (delta.finishReason() != null && !delta.finishReason().isEmpty()) {
      rawFinishReason = delta.finishReason();
    }
  }

  boolean isFinished() {
    return rawFinishReason != null;
  }

  /** Whether there is text that the model could go on after. */
  boolean isContinuable() {
    return !isFinished() && !text.isEmpty();
  }

  /** Calls that were cut are not gone on with: the model makes them anew. */
  void dropToolCalls() {
    toolCalls = new ToolCallAssembler();
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
        rawFinishReason);
  }

  /** Several servers say "stop" after a tool call; what the answer is made of decides. */
  FinishReason finishReason() {
    FinishReason reason = FinishReason.of(rawFinishReason);
    boolean called = reason == FinishReason.STOP && !toolCalls.isEmpty();
    return called ? FinishReason.TOOL_CALLS : reason;
  }

  @Nullable String rawFinishReason() {
    return rawFinishReason;
  }

  private boolean isWhole() {
    FinishReason reason = finishReason();
    return reason == FinishReason.STOP || reason == FinishReason.TOOL_CALLS;
  }
}
