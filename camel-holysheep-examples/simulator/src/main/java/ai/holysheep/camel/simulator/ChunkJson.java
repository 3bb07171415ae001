package ai.holysheep.camel.simulator;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/**
 * Writes the events of a streamed completion. Text is put together by hand here, since a benchmark
 * shall measure its client and not the simulator.
 */
final class ChunkJson {

  static final String FINGERPRINT = "fp_simulator";
  static final String DONE = "data: [DONE]\n\n";
  static final String MALFORMED =
      "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"lost\n\n";

  private static final JsonStringEncoder ENCODER = JsonStringEncoder.getInstance();

  private final String head;
  private final String tail;
  private final String usageEvent;

  ChunkJson(Completion completion) {
    head =
        "data: {\"id\":\"%s\",\"object\":\"chat.completion.chunk\",\"created\":%s,\"model\":\"%s\",\"system_fingerprint\":\"%s\",\"choices\":["
            .formatted(
                completion.id(),
                completion.createdSeconds(),
                completion.request().model().id(),
                FINGERPRINT);
    tail = completion.request().includeUsage() ? "],\"usage\":null}\n\n" : "]}\n\n";
    usageEvent = head + "],\"usage\":" + completion.usage().json() + "}\n\n";
  }

  String role(int choice, Answer answer) {
    String content = answer.has(Piece.Kind.CALL) ? "null" : "\"\"";
    return event(choice, "\"role\":\"assistant\",\"content\":" + content, "null");
  }

  String piece(int choice, Piece piece) {
    return event(choice, delta(choice, piece), "null");
  }

  String finish(int choice, Answer answer) {
    return event(choice, "", quoted(answer.finishReason()));
  }

  String usage() {
    return usageEvent;
  }

  static String error(ApiError error) {
    return "data: " + error.json() + "\n\n";
  }

  static String callId(int choice, int call) {
    return "call_sim_" + choice + "_" + call;
  }

  private static String delta(int choice, Piece piece) {
    String text = quoted(piece.text());
    return switch (piece.kind()) {
      case CONTENT -> "\"content\":" + text;
      case REASONING -> "\"reasoning_content\":" + text;
      case CALL ->
          "\"tool_calls\":[{\"index\":%s,\"id\":\"%s\",\"type\":\"function\",\"function\":{\"name\":%s,\"arguments\":\"\"}}]"
              .formatted(piece.call(), callId(choice, piece.call()), text);
      case ARGUMENTS ->
          "\"tool_calls\":[{\"index\":%s,\"function\":{\"arguments\":%s}}]"
              .formatted(piece.call(), text);
    };
  }

  private String event(int choice, String delta, String finishReason) {
    return head
        + "{\"index\":"
        + choice
        + ",\"delta\":{"
        + delta
        + "},\"logprobs\":null,\"finish_reason\":"
        + finishReason
        + "}"
        + tail;
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 8).append('"');
    ENCODER.quoteAsString(text, quoted);
    return quoted.append('"').toString();
  }
}
