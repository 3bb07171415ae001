package ai.holysheep.camel.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Writes a completion as the one JSON text of an answer that is not streamed. */
final class CompletionJson {

  private CompletionJson() {}

  static String write(Completion completion) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("id", completion.id());
    root.put("object", "chat.completion");
    root.put("created", completion.createdSeconds());
    root.put("model", completion.request().model().id());
    ArrayNode choices = root.putArray("choices");
    List<Answer> answers = completion.answers();
    for (int i = 0; i < answers.size(); i++) {
      ObjectNode choice = choices.addObject().put("index", i);
      putMessage(choice.putObject("message"), answers.get(i), i);
      choice.putNull("logprobs").put("finish_reason", answers.get(i).finishReason());
    }
    root.set("usage", completion.usage().json());
    root.put("system_fingerprint", ChunkJson.FINGERPRINT);
    return root.toString();
  }

  private static void putMessage(ObjectNode message, Answer answer, int choice) {
    message.put("role", "assistant");
    boolean calls = answer.has(Piece.Kind.CALL);
    message.put("content", calls ? null : answer.text(Piece.Kind.CONTENT));
    if (answer.has(Piece.Kind.REASONING)) {
      message.put("reasoning_content", answer.text(Piece.Kind.REASONING));
    }
    if (calls) {
      putCalls(message.putArray("tool_calls"), answer, choice);
    }
  }

  private static void putCalls(ArrayNode calls, Answer answer, int choice) {
    for (Piece piece : answer.pieces()) {
      if (piece.kind() == Piece.Kind.CALL) {
        ObjectNode call = calls.addObject();
        call.put("id", ChunkJson.callId(choice, piece.call())).put("type", "function");
        call.putObject("function")
            .put("name", piece.text())
            .put("arguments", answer.text(Piece.Kind.ARGUMENTS, piece.call()));
      }
    }
  }
}
