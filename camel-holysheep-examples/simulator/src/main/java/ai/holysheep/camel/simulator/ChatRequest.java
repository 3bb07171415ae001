package ai.holysheep.camel.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A valid request for a completion.
 *
 * @param maxTokens the most tokens of one choice; {@link Integer#MAX_VALUE} if the request sets
 *     none
 * @param agentMode whether the client would speak over a socket
 * @param tools the JSON schema of the parameters of each function offered, by the function's name
 */
record ChatRequest(
    SimulatedModel model,
    List<ChatMessage> messages,
    boolean stream,
    boolean includeUsage,
    int choices,
    int maxTokens,
    List<String> stops,
    Map<String, JsonNode> tools,
    boolean agentMode) {

  /** The text of the last message of the user; empty if there is none. */
  String prompt() {
    int last = lastFrom("user");
    return last < 0 ? "" : messages.get(last).text();
  }

  /** The instruction that the conversation starts from; empty if there is none. */
  String instruction() {
    return messages.get(0).isInstruction() ? messages.get(0).text() : "";
  }

  /** The instructions that came later. */
  List<String> updates() {
    return messages.stream()
        .skip(1)
        .filter(ChatMessage::isInstruction)
        .map(ChatMessage::text)
        .toList();
  }

  /** Whether a tool has answered since the user last spoke. */
  boolean hasToolResult() {
    return lastFrom("tool") > lastFrom("user");
  }

  /** What tools have answered since the user last spoke. */
  List<String> toolResults() {
    return messages.subList(lastFrom("user") + 1, messages.size()).stream()
        .filter(message -> message.isFrom("tool"))
        .map(ChatMessage::text)
        .toList();
  }

  /** The beginning of the answer that the request itself ends with; null if it does not. */
  @Nullable String prefix() {
    ChatMessage last = messages.get(messages.size() - 1);
    return last.isFrom("assistant") ? last.text() : null;
  }

  private int lastFrom(String role) {
    int index = messages.size() - 1;
    while (index >= 0 && !messages.get(index).isFrom(role)) {
      index--;
    }
    return index;
  }
}
