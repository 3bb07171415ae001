package ai.holysheep.camel.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides what a request is answered with, token by token. Knows neither time nor connection. */
final class AnswerPlanner {

  private final ChatRequest request;
  private final Directives directives;

  AnswerPlanner(ChatRequest request, Directives directives) {
    this.request = request;
    this.directives = directives;
  }

  /**
   * Plans all choices.
   *
   * @throws ApiError.RefusedException if the prompt asks for a tool that the request does not
   *     offer, or for more tokens than the heap should hold
   */
  List<Answer> plan() {
    refuseTooMany((long) request.choices() * (directives.tokens() + directives.reasoningTokens()));
    List<Answer> answers = new ArrayList<>(request.choices());
    for (int choice = 0; choice < request.choices(); choice++) {
      answers.add(answer(choice).limitedTo(request.maxTokens()));
    }
    return answers;
  }

  private static void refuseTooMany(long tokens) {
    if (tokens > Directives.MAX_TOKENS) {
      String message = "The prompt asks for " + tokens + " tokens in all choices together.";
      throw ApiError.invalid(message, "messages", "invalid_directive").refused();
    }
  }

  private Answer answer(int choice) {
    List<Piece> pieces = new ArrayList<>();
    int thinking = directives.reasoningTokens();
    if (thinking > 0) {
      List<String> reasoning = Prose.reasoning(directives.subject(), thinking, choice);
      add(pieces, Piece.Kind.REASONING, 0, reasoning);
    }
    // Once the tool has answered, asking for it again would never end.
    if (!directives.toolCalls().isEmpty() && !request.hasToolResult()) {
      addToolCalls(pieces);
      return new Answer(pieces, "tool_calls");
    }
    add(pieces, Piece.Kind.CONTENT, 0, content(choice));
    return new Answer(pieces, "stop");
  }

  private void addToolCalls(List<Piece> pieces) {
    List<Directives.ToolCall> calls = directives.toolCalls();
    for (int i = 0; i < calls.size(); i++) {
      Directives.ToolCall call = calls.get(i);
      String arguments = arguments(call);
      pieces.add(new Piece(Piece.Kind.CALL, i, call.name()));
      add(pieces, Piece.Kind.ARGUMENTS, i, Tokenizer.split(arguments));
    }
  }

  private String arguments(Directives.ToolCall call) {
    JsonNode schema = request.tools().get(call.name());
    if (schema == null) {
      String message =
          "The prompt asks for the tool '" + call.name() + "', which is not in 'tools'.";
      throw ApiError.invalid(message, "tools", "invalid_directive").refused();
    }
    String given = call.arguments();
    return given == null ? ToolArguments.from(schema, directives.subject()) : given;
  }

  private List<String> content(int choice) {
    String echo = directives.echo();
    List<String> tokens =
        echo != null
            ? Tokenizer.split(echo)
            : Prose.answer(request, directives.subject(), directives.tokens(), choice);
    return withoutPrefix(untilStop(tokens));
  }

  private List<String> untilStop(List<String> tokens) {
    if (request.stops().isEmpty()) {
      return tokens;
    }
    String text = String.join("", tokens);
    int end = text.length();
    for (String stop : request.stops()) {
      int found = stop.isEmpty() ? -1 : text.indexOf(stop);
      end = found < 0 ? end : Math.min(end, found);
    }
    return end == text.length() ? tokens : Tokenizer.split(text.substring(0, end));
  }

  /** Goes on where the assistant's last message ends, if that is the beginning of this answer. */
  private List<String> withoutPrefix(List<String> tokens) {
    @Nullable String prefix = request.prefix();
    if (prefix == null || prefix.isEmpty()) {
      return tokens;
    }
    String text = String.join("", tokens);
    return text.startsWith(prefix) ? Tokenizer.split(text.substring(prefix.length())) : tokens;
  }

  private static void add(List<Piece> pieces, Piece.Kind kind, int call, List<String> tokens) {
    for (String token : tokens) {
      pieces.add(new Piece(kind, call, token));
    }
  }
}
