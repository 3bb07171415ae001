package ai.holysheep.camel.client.session;

import ai.holysheep.camel.chat.ToolCall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one turn has come to: the answer as far as somebody has taken it, piece by piece between the
 * results of tools. Not thread-safe, the turn guards it.
 */
final class Said {

  /** What the model said until it called tools, and what the tools answered. */
  private static final class Piece {

    private final StringBuilder text = new StringBuilder();
    private final Map<String, ToolCall> calls = new LinkedHashMap<>();
    private final Map<String, String> results = new LinkedHashMap<>();
  }

  private final int maxCharacters;
  private final List<Piece> pieces = new ArrayList<>(List.of(new Piece()));
  private final StringBuilder reasoning = new StringBuilder();
  private int droppedCharacters;
  private int callCount;

  /**
   * @param maxCharacters how much is kept
   */
  Said(int maxCharacters) {
    this.maxCharacters = maxCharacters;
  }

  void text(String more) {
    Piece piece = last();
    if (!piece.calls.isEmpty()) {
      piece = new Piece();
      pieces.add(piece);
    }
    append(piece.text, more);
  }

  void reasoning(String more) {
    append(reasoning, more);
  }

  private void append(StringBuilder kept, String more) {
    if (kept.length() + more.length() > maxCharacters) {
      droppedCharacters += more.length();
    } else {
      kept.append(more);
    }
  }

  /** Begins anew: what came before is void. */
  void forget() {
    pieces.clear();
    pieces.add(new Piece());
    reasoning.setLength(0);
    droppedCharacters = 0;
  }

  /**
   * Notes a call of a tool.
   *
   * @return its id, made up where it has none
   */
  String call(ToolCall call) {
    callCount++;
    String id = call.id() == null || call.id().isEmpty() ? "call_" + callCount : call.id();
    last().calls.put(id, call);
    return id;
  }

  /** The calls without a result, by their ids. */
  Map<String, ToolCall> open() {
    Map<String, ToolCall> open = new LinkedHashMap<>();
    pieces.forEach(
        piece ->
            piece.calls.forEach(
                (id, call) -> {
                  if (!piece.results.containsKey(id)) {
                    open.put(id, call);
                  }
                }));
    return open;
  }

  /** Notes the result of a call that is open. */
  void result(String id, String result) {
    for (Piece piece : pieces) {
      if (piece.calls.containsKey(id)) {
        piece.results.put(id, result);
      }
    }
  }

  String text() {
    StringBuilder all = new StringBuilder();
    pieces.forEach(piece -> all.append(piece.text));
    return all.toString();
  }

  String reasoning() {
    return reasoning.toString();
  }

  List<ToolCall> calls() {
    return pieces.stream().flatMap(piece -> piece.calls.values().stream()).toList();
  }

  int droppedCharacters() {
    return droppedCharacters;
  }

  /** As messages of a conversation. Calls without a result are left out, no model wants them. */
  List<Map<String, Object>> messages() {
    List<Map<String, Object>> messages = new ArrayList<>();
    for (Piece piece : pieces) {
      add(piece, messages);
    }
    return messages;
  }

  private static void add(Piece piece, List<Map<String, Object>> messages) {
    List<Map<String, Object>> calls = new ArrayList<>();
    piece.results.keySet().forEach(id -> calls.add(call(id, piece.calls.get(id))));
    if (piece.text.isEmpty() && calls.isEmpty()) {
      return;
    }
    Map<String, Object> assistant = new LinkedHashMap<>();
    assistant.put("role", "assistant");
    assistant.put("content", piece.text.toString());
    if (!calls.isEmpty()) {
      assistant.put("tool_calls", calls);
    }
    messages.add(assistant);
    piece.results.forEach(
        (id, result) ->
            messages.add(Map.of("role", "tool", "tool_call_id", id, "content", result)));
  }

  private static Map<String, Object> call(String id, @Nullable ToolCall call) {
    String name = call == null ? "" : call.name();
    String arguments = call == null ? "" : call.arguments();
    return Map.of(
        "id", id, "type", "function", "function", Map.of("name", name, "arguments", arguments));
  }

  private Piece last() {
    return pieces.get(pieces.size() - 1);
  }
}
