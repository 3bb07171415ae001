package ai.holysheep.camel.simulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** How many tokens a request and its answers have. */
record Usage(int promptTokens, int completionTokens, int reasoningTokens) {

  /** What a message costs beyond its text. */
  private static final int TOKENS_PER_MESSAGE = 4;

  static final Usage NOTHING = new Usage(0, 0, 0);

  static Usage of(ChatRequest request, List<Answer> answers) {
    int prompt = 0;
    for (ChatMessage message : request.messages()) {
      prompt += TOKENS_PER_MESSAGE + Tokenizer.count(message.text());
    }
    int completion = 0;
    int reasoning = 0;
    for (Answer answer : answers) {
      completion += answer.pieces().size();
      reasoning += answer.count(Piece.Kind.REASONING);
    }
    return new Usage(prompt, completion, reasoning);
  }

  Usage plus(Usage other) {
    return new Usage(
        promptTokens + other.promptTokens,
        completionTokens + other.completionTokens,
        reasoningTokens + other.reasoningTokens);
  }

  ObjectNode json() {
    ObjectNode usage = JsonNodeFactory.instance.objectNode();
    usage.put("prompt_tokens", promptTokens);
    usage.put("completion_tokens", completionTokens);
    usage.put("total_tokens", promptTokens + completionTokens);
    usage.putObject("prompt_tokens_details").put("cached_tokens", 0);
    usage.putObject("completion_tokens_details").put("reasoning_tokens", reasoningTokens);
    return usage;
  }
}
