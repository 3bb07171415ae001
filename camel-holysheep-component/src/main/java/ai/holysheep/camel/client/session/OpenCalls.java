package ai.holysheep.camel.client.session;

import ai.holysheep.camel.chat.ToolCall;
import ai.holysheep.camel.error.Deadline;
import ai.holysheep.camel.error.DeadlineExceededException;
import ai.holysheep.camel.error.FailureContext;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.error.RequestRejectedException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the call of a tool that a result belongs to. */
final class OpenCalls {

  private OpenCalls() {}

  /**
   * The call, by its id.
   *
   * @param open the calls without a result, by their ids
   * @param id the id that the result names; null where it names none
   * @param tool the tool that the result names; null where it names none
   * @throws RequestRejectedException when no call, or more than one, may be meant
   */
  static Map.Entry<String, ToolCall> find(
      Map<String, ToolCall> open, @Nullable String id, @Nullable String tool) {
    List<Map.Entry<String, ToolCall>> meant =
        open.entrySet().stream()
            .filter(call -> id == null || call.getKey().equals(id))
            .filter(call -> id != null || tool == null || call.getValue().name().equals(tool))
            .toList();
    if (meant.isEmpty()) {
      throw rejected("no call of " + wanted(id, tool) + " waits for a result", open);
    }
    if (meant.size() > 1) {
      throw rejected(
          "it does not say which of "
              + meant.size()
              + " calls it belongs to. Set the header CamelHolySheepToolCallId",
          open);
    }
    return meant.get(0);
  }

  private static String wanted(@Nullable String id, @Nullable String tool) {
    if (id != null) {
      return "a tool with the id '" + id + "'";
    }
    return tool == null ? "a tool" : "the tool '" + tool + "'";
  }

  /** The failure of a turn whose tools have not answered in time. */
  static HolySheepException late(
      Map<String, ToolCall> open, Duration limit, FailureContext context) {
    return new DeadlineExceededException(
        "Time is up after "
            + limit.toMillis()
            + " ms of waiting for the result of "
            + names(open)
            + " (option 'toolTimeout'). Send it with the client event 'tool_result'.",
        context,
        Deadline.TOOL_RESULT,
        limit,
        null);
  }

  private static String names(Map<String, ToolCall> open) {
    return open.isEmpty()
        ? "no tool"
        : open.entrySet().stream()
            .map(call -> call.getValue().name() + " (" + call.getKey() + ")")
            .collect(Collectors.joining(", "));
  }

  private static RequestRejectedException rejected(String why, Map<String, ToolCall> open) {
    return new RequestRejectedException(
        "The result of a tool was not sent: "
            + why
            + ". Waiting for a result: "
            + names(open)
            + ".",
        FailureContext.NONE);
  }
}
