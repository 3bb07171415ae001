package ai.holysheep.camel.examples.gateway.requests;

import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.chat.Choice;
import ai.holysheep.camel.chat.FinishReason;
import ai.holysheep.camel.chat.Report;
import ai.holysheep.camel.chat.ToolCall;
import ai.holysheep.camel.chat.Usage;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A whole answer, and the list of models, as OpenAI's server sends them. */
public final class ChatCompletions {

  private ChatCompletions() {}

  /** The body of the reply. */
  public static String json(ChatAnswer answer, Instant now) {
    Map<String, Object> completion = new LinkedHashMap<>();
    completion.put(
        "id", Objects.requireNonNullElse(answer.responseId(), "chatcmpl-" + answer.streamId()));
    completion.put("object", "chat.completion");
    completion.put("created", now.getEpochSecond());
    completion.put("model", Objects.requireNonNullElse(answer.model(), "unknown"));
    completion.put("choices", answer.choices().stream().map(ChatCompletions::choice).toList());
    Report report = answer.report();
    if (report != null) {
      completion.put("usage", usage(report.usage()));
    }
    return Json.write(completion);
  }

  /** The list of models. */
  public static String list(List<String> models) {
    Map<String, Object> list = new LinkedHashMap<>();
    list.put("object", "list");
    list.put("data", models.stream().map(ChatCompletions::model).toList());
    return Json.write(list);
  }

  /** One model of the list. */
  public static Map<String, Object> model(String id) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("id", id);
    model.put("object", "model");
    model.put("created", 0);
    model.put("owned_by", "gateway");
    return model;
  }

  private static Map<String, Object> choice(Choice choice) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("index", choice.index());
    fields.put("message", message(choice));
    fields.put("logprobs", null);
    fields.put("finish_reason", finishReason(choice));
    return fields;
  }

  /** A word that is not known here may be known to the client. */
  private static String finishReason(Choice choice) {
    if (choice.finishReason() != FinishReason.UNKNOWN) {
      return choice.finishReason().word();
    }
    return Objects.requireNonNullElse(choice.rawFinishReason(), FinishReason.STOP.word());
  }

  private static Map<String, Object> message(Choice choice) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("role", "assistant");
    boolean onlyTools = choice.text().isEmpty() && !choice.toolCalls().isEmpty();
    message.put("content", onlyTools ? null : choice.text());
    message.put("refusal", null);
    if (!choice.reasoning().isEmpty()) {
      message.put("reasoning_content", choice.reasoning());
    }
    if (!choice.toolCalls().isEmpty()) {
      message.put("tool_calls", tools(choice.toolCalls()));
    }
    return message;
  }

  private static List<Map<String, Object>> tools(List<ToolCall> calls) {
    return IntStream.range(0, calls.size()).mapToObj(i -> tool(calls.get(i), i)).toList();
  }

  private static Map<String, Object> tool(ToolCall call, int position) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", Objects.requireNonNullElse(call.id(), "call_" + position));
    fields.put("type", "function");
    fields.put("function", Map.of("name", call.name(), "arguments", call.arguments()));
    return fields;
  }

  private static Map<String, Object> usage(Usage usage) {
    Map<String, Object> fields = new LinkedHashMap<>();
    long prompt = known(usage.promptTokens());
    long completion = known(usage.completionTokens());
    fields.put("prompt_tokens", prompt);
    fields.put("completion_tokens", completion);
    fields.put(
        "total_tokens", Objects.requireNonNullElse(usage.totalTokens(), prompt + completion));
    detail(fields, "prompt_tokens_details", "cached_tokens", usage.cachedTokens());
    detail(fields, "completion_tokens_details", "reasoning_tokens", usage.reasoningTokens());
    return fields;
  }

  private static void detail(
      Map<String, Object> usage, String details, String name, @Nullable Long count) {
    if (count != null) {
      usage.put(details, Map.of(name, count));
    }
  }

  /** Clients want numbers. */
  private static long known(@Nullable Long count) {
    return count == null ? 0 : count;
  }
}
