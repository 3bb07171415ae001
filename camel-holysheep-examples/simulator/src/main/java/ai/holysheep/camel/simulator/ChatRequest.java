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
    return messages.stream()
        .filter(message -> message.isFrom("system") || message.isFrom("developer"))
        .map(ChatMessage::text)
        .findFirst()
        .orElse("");
  }

  /** Whether a tool has answered since the user last spoke. */
  boolean hasToolResult() {
    return lastFrom("tool") > lastFrom("user");
  }

  /** What the last tool answered; empty if none has since the user last spoke. */
  String toolResult() {
    return hasToolResult() ? messages.get(lastFrom("tool")).text() : "";
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
